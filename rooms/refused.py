"""What is not taken, as a code: whoever shows it to a person has the words."""


class Refused(Exception):
    """A code, and the numbers that belong to its sentence."""

    def __init__(self, code: str, **values: int) -> None:
        super().__init__(code)
        self.code, self.values = code, values
