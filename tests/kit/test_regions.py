import pytest

from guanxi.kit.regions import find, provinces, short_name, split


def test_the_tree_is_whole() -> None:
    tree = provinces()
    assert len(tree) == 34
    districts = [d for p in tree for c in p.children for d in c.children]
    assert len(districts) > 2900
    for province in tree:
        assert len(province.code) == 2
        for region in province.walk():
            assert region.code.startswith(province.code)
            assert region.zh
            assert region.en
            assert region.parent is None or region.code.startswith(region.parent.code)


def test_codes_name_one_region() -> None:
    for province in provinces():
        for city in province.children:
            codes = [d.code for d in city.children]
            assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("text", "names", "street"),
    [
        ("广东省中山市小榄镇民安北路1号", ("广东省", "中山市", "小榄镇"), "民安北路1号"),
        ("广东中山小榄镇民安路", ("广东省", "中山市", "小榄镇"), "民安路"),
        ("中国广东省深圳市南山区科技园", ("广东省", "深圳市", "南山区"), "科技园"),
        ("深圳南山区科技园", ("广东省", "深圳市", "南山区"), "科技园"),
        ("北京市海淀区中关村大街27号", ("北京市", "北京市", "海淀区"), "中关村大街27号"),
        ("北京市北京市东城区", ("北京市", "北京市", "东城区"), ""), ("北京市市辖区东城区", ("北京市", "北京市", "东城区"), ""),
        ("上海 浦东新区 世纪大道100号", ("上海市", "上海市", "浦东新区"), "世纪大道100号"),
        ("江苏省昆山市玉山镇", ("江苏省", "苏州市", "昆山市"), "玉山镇"), ("昆山市玉山镇", ("江苏省", "苏州市", "昆山市"), "玉山镇"),
        ("河南省济源市沁园路", ("河南省", "济源市", ""), "沁园路"), ("内蒙古呼和浩特新城区", ("内蒙古自治区", "呼和浩特市", "新城区"), ""),
        ("香港特别行政区九龙油尖旺区", ("香港特别行政区", "九龙", "油尖旺区"), ""), ("广东", ("广东省", "", ""), ""),
        ("中山路100号", ("", "", ""), "中山路100号"), ("北京路12号", ("", "", ""), "北京路12号"),
        ("广东中山路1号", ("广东省", "", ""), "中山路1号"), ("1 High Street", ("", "", ""), "1 High Street"), ("", ("", "", ""), ""),
    ],
)  # fmt: skip
def test_an_address_is_taken_apart(text: str, names: tuple[str, str, str], street: str) -> None:
    found = split(text)
    assert found.names == names
    assert found.street == street


@pytest.mark.parametrize(
    "text", ["528400 广东省中山市东区街道", "广东省中山市东区街道528400", "广东省中山市东区街道 邮编：528400"]
)
def test_a_postcode_stands_at_either_end(text: str) -> None:
    found = split(text)
    assert found.postcode == "528400"
    assert found.names == ("广东省", "中山市", "东区街道")
    assert found.street == ""


def test_a_number_inside_is_no_postcode() -> None:
    assert split("广东省中山市民安路528400号楼").postcode == ""


@pytest.mark.parametrize(
    "path", ["4420", "442000", "广东省/中山市", "广东/中山", "Guangdong/Zhongshan", "guangdong/zhongshan/"]
)
def test_a_region_by_code_or_path(path: str) -> None:
    found = find(path)
    assert found is not None
    assert [r.zh for r in found.path] == ["广东省", "中山市"]


def test_unknown_regions() -> None:
    for path in ("", "99", "广东/伦敦", "Atlantis", "442"):
        assert find(path) is None
    assert short_name("新疆维吾尔自治区") == "新疆"
