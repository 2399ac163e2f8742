"""Too little to go on: the one way in which a method declines."""

from guanxi.kit.text import Text


class TooThin(Exception):
    """There is too little data, or it does not bear the method; `text` says what is missing and what would help."""

    def __init__(self, text: Text, **values: object) -> None:
        super().__init__(text.in_("en", **values))
        self.text, self.values = text, values

    def in_(self, locale: str) -> str:
        """The reason, in a language."""
        return self.text.in_(locale, **self.values)
