"""Work is counted, not timed: so a search ends at the same place on every machine."""

from dataclasses import dataclass


@dataclass
class Work:
    """A budget of applied steps; searches end when it is spent. What a part spends, the whole has spent."""

    left: int
    whole: "Work | None" = None

    def part(self, most: int) -> "Work":
        """A budget within this one."""
        return Work(min(most, self.left), self)

    def spend(self, amount: int) -> bool:
        """Take some; False when there is none left."""
        self.left -= amount
        if self.whole is not None:
            self.whole.spend(amount)
        return self.left > 0
