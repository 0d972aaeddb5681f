"""The Lambda entry point of everything but the solver: registers, decides nothing."""

from chalice.app import Chalice

from chalicelib import http, jobs
from chalicelib.routes import (
    about,
    absent,
    cars,
    change,
    confirm,
    find,
    happened,
    journeys,
    manage,
    respond,
    review,
    static,
    still,
    undo,
)

app = Chalice(app_name="marginal-lifts")
app.api.binary_types = []

for blueprint in (
    find.bp,
    about.bp,
    journeys.bp,
    confirm.bp,
    respond.bp,
    still.bp,
    happened.bp,
    manage.bp,
    cars.bp,
    undo.bp,
    change.bp,
    review.bp,
    static.bp,
    jobs.bp,
    absent.bp,
):
    app.register_blueprint(blueprint)

app.register_middleware(http.as_page, "http")
