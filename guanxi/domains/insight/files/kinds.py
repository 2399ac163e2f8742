"""Every method that runs on files, by its key."""

from guanxi.domains.insight.files import forecasting, learning, offering, purchasing
from guanxi.domains.insight.files.answers import Kind

KINDS: dict[str, Kind] = {
    kind.key: kind for kind in (*purchasing.KINDS, *learning.KINDS, *offering.KINDS, *forecasting.KINDS)
}
