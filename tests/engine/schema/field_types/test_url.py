import pytest

from tests.engine.schema.field_types.declared import kept, parsed, refused


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("example.com", "https://example.com"), ("HTTP://Ex.com/A?b=C#d", "http://ex.com/A?b=C#d"),
        ("//example.com/x", "https://example.com/x"), ("例子.中国/路径", "https://例子.中国/路径"),
        ("example.com:8080/x", "https://example.com:8080/x"), ("https://[::1]:80/", "https://[::1]:80/"),
        ("http://localhost/x", "http://localhost/x"), ("http://10.0.0.1/", "http://10.0.0.1/"),
    ],
)  # fmt: skip
def test_addresses(text: str, address: str) -> None:
    assert parsed("url", text) == address == parsed("url", address) == kept("url", address)


@pytest.mark.parametrize(
    "text",
    ["javascript:alert(1)", "JAVASCRIPT://x.cn/%0aalert(1)", "data:text/html,x", "ftp://a.cn", "a", "http://", "a b.cn",
     "https://a.cn:99999", "https://user:pw@a.cn", "http://a.cn\nx", "mailto:a@b.cn", "https://" + "a" * 2000 + ".cn",
     "http://[", "-a.cn"],
)  # fmt: skip
def test_anything_but_a_web_address_is_refused(text: str) -> None:
    with refused("bad_url"):
        parsed("url", text)
