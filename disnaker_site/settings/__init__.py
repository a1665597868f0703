"""`dev` for a first run, `test` for the suite, `production` for the office."""
