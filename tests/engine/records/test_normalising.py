"""Normal forms of a whole column are those of its texts, whatever has been worked out before."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from guanxi.engine.records.store.normalising import NORMALISERS, learn_normals, normal_forms

TEXTS = st.lists(st.none() | st.text(alphabet="中山有限公司 aB@.+8613", max_size=12), max_size=8)


@given(st.sampled_from(sorted(NORMALISERS)), TEXTS, TEXTS)
def test_a_column_is_normalised_as_its_texts_are(
    name: str, before: Sequence[str | None], texts: Sequence[str | None]
) -> None:
    learn_normals({name: {text: NORMALISERS[name](text) for text in before if text is not None}})
    assert normal_forms(name, texts) == [None if text is None else NORMALISERS[name](text) for text in texts]
