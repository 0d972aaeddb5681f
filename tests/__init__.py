"""The same tree again. `conftest` gives the world, `builders` makes valid things."""
