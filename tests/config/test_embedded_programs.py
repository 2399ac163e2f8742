"""What PostgreSQL's programs print, as the one sentence that says what is wrong."""

from guanxi.config.embedded_programs import first_error, last_line

PRINTED = """creating directory /data ... ok
initdb: error: could not access directory "/data": Permission denied
initdb: removing data directory "/data"
initdb: error: failed to remove data directory
"""


def test_a_program_that_fails_is_quoted_with_what_went_wrong_first() -> None:
    assert first_error(PRINTED) == 'initdb: error: could not access directory "/data": Permission denied'
    assert last_line(PRINTED) == "initdb: error: failed to remove data directory"


def test_without_an_error_the_last_line_speaks_and_silence_is_a_dash() -> None:
    assert first_error("one\ntwo.\n\n") == last_line("one\ntwo.\n\n") == "two"
    assert first_error("") == last_line(" \n") == "-"
