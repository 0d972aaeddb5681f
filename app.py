"""The Lambda entry point of everything but the solver: registers, decides nothing."""

from chalice.app import Chalice

from chalicelib import http, jobs
from chalicelib.routes import (
    about,
    absent,
    change,
    confirm,
    find,
    journeys,
    manage,
    respond,
    review,
    static,
)

app = Chalice(app_name="marginal-lifts")
app.api.binary_types = []

for blueprint in (
    find.bp,
    about.bp,
    journeys.bp,
    confirm.bp,
    respond.bp,
    manage.bp,
    change.bp,
    review.bp,
    static.bp,
    jobs.bp,
    absent.bp,
):
    app.register_blueprint(blueprint)

app.register_middleware(http.as_page, "http")
