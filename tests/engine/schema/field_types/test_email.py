import pytest

from tests.engine.schema.field_types.declared import cell, kept, parsed, refused


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("A.B+c@X.COM", "a.b+c@x.com"), ("张三 <a@b.cn>", "a@b.cn"), ("mailto:a@b.cn", "a@b.cn"), ("ａ＠b.cn", "a@b.cn"),
        (" a@b.cn; ", "a@b.cn"), ("王@例子.中国", "王@例子.中国"), ("o'brien@x.co.uk", "o'brien@x.co.uk"),
    ],
)  # fmt: skip
def test_addresses(text: str, address: str) -> None:
    assert cell("email", text) == address == parsed("email", address) == kept("email", address)


@pytest.mark.parametrize(
    "text",
    ["a", "a@b", "@b.cn", "a@", "a b@c.cn", "a@b..cn", ".a@b.cn", "a..b@c.cn", "a@-b.cn", "a@1.2.3.4", "a@b.cn, c@d.cn",
     "a@b.cn\nBcc: x@y.cn", "a" * 65 + "@b.cn", "a@" + "b" * 250 + ".cn", "<a@b.cn", "a@b.cn\x00"],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    with refused("bad_email"):
        parsed("email", text)
