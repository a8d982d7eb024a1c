"""The colours behind the text of a word processor, of which only one thing matters: whether white shows on them."""


class Shades:
    """Those of the tables, cells, paragraphs and the like that are open, from the outermost to the innermost."""

    def __init__(self) -> None:
        self._stated: list[bool | None] = []

    def open(self, shaded: bool | None = None) -> None:
        """Something begins; None where it states no colour, so that what is around it shows through."""
        self._stated.append(shaded)

    def state(self, shaded: bool) -> None:
        """What was opened last has this one."""
        if self._stated:
            self._stated[-1] = shaded

    def close(self) -> None:
        self._stated.pop()

    @property
    def show_white(self) -> bool:
        """Whether the innermost colour that is stated is another one than white."""
        return next((one for one in reversed(self._stated) if one is not None), False)
