"""How names read the Chinese characters that have several readings.

*How it works*: `USUAL` overrides the dictionary's first reading where names usually have another (长 is
chang in 长城, 长江, 长安), `PHRASES` names the words that go against the usual one, `SURNAMES` what a
short name reads at its front, `OTHERS` the readings that people may type all the same.

*Rules*: only readings that occur in names of firms, places and people; everything here is typed by
somebody into a search box, so a doubtful reading goes to `OTHERS`, not to `USUAL`.
"""

USUAL: dict[str, str] = {
    "长": "chang", "都": "du", "佛": "fo", "调": "tiao", "伽": "jia", "茄": "qie", "裳": "chang", "曾": "zeng",
    "翟": "zhai", "覃": "qin", "缪": "miao", "绿": "lv", "漯": "luo", "泊": "bo", "薄": "bo", "柏": "bai", "蔓": "man",
    "莞": "guan", "圳": "zhen", "劲": "jin", "般": "ban", "了": "le", "的": "de", "阿": "a", "堡": "bao", "吕": "lv",
}  # fmt: skip

PHRASES: dict[str, str] = {
    "重庆": "chong qing", "重阳": "chong yang", "重楼": "chong lou", "重生": "chong sheng", "银行": "yin hang",
    "商行": "shang hang", "行业": "hang ye", "行家": "hang jia", "洋行": "yang hang", "车行": "che hang",
    "支行": "zhi hang", "分行": "fen hang", "总行": "zong hang", "同行": "tong hang", "央行": "yang hang",
    "农行": "nong hang", "工行": "gong hang", "建行": "jian hang", "中行": "zhong hang", "招行": "zhao hang",
    "成长": "cheng zhang", "家长": "jia zhang", "校长": "xiao zhang", "院长": "yuan zhang", "长大": "zhang da",
    "生长": "sheng zhang", "增长": "zeng zhang", "长治": "chang zhi", "长子": "zhang zi", "长辈": "zhang bei",
    "董事长": "dong shi zhang", "会长": "hui zhang", "店长": "dian zhang", "所长": "suo zhang", "市长": "shi zhang",
    "音乐": "yin yue", "乐器": "yue qi", "乐队": "yue dui", "乐团": "yue tuan", "声乐": "sheng yue", "乐谱": "yue pu",
    "乐坊": "yue fang", "民乐": "min yue", "器乐": "qi yue", "会计": "kuai ji", "大厦": "da sha", "厦门": "xia men",
    "厦航": "xia hang", "厦大": "xia da", "厦华": "xia hua", "人参": "ren shen", "海参": "hai shen", "参茸": "shen rong",
    "西藏": "xi zang", "藏族": "zang zu", "藏药": "zang yao", "藏医": "zang yi", "宝藏": "bao zang", "青藏": "qing zang",
    "传记": "zhuan ji", "朝夕": "zhao xi", "朝气": "zhao qi", "今朝": "jin zhao", "六安": "lu an", "台州": "tai zhou",
    "丽水": "li shui", "燕山": "yan shan", "单县": "shan xian", "尉氏": "wei shi", "蚌埠": "beng bu", "亳州": "bo zhou",
    "大城县": "dai cheng xian", "洪洞": "hong tong", "铅山": "yan shan", "番禺": "pan yu", "东阿": "dong e",
    "阿胶": "e jiao", "调查": "diao cha", "调度": "diao du", "湖泊": "hu po", "薄荷": "bo he", "校对": "jiao dui",
    "角色": "jue se", "主角": "zhu jue", "便宜": "pian yi", "弹簧": "tan huang", "弹力": "tan li", "处方": "chu fang",
    "宿舍": "su she", "星宿": "xing xiu", "率先": "shuai xian", "子弹": "zi dan", "供给": "gong ji", "给水": "ji shui",
    "自给": "zi ji", "称心": "chen xin", "对称": "dui chen", "还原": "huan yuan", "返还": "fan huan", "降落": "jiang luo",
    "投降": "tou xiang", "好学": "hao xue", "爱好": "ai hao", "兴趣": "xing qu", "高兴": "gao xing", "种植": "zhong zhi",
    "可汗": "ke han", "槟榔": "bing lang", "吐蕃": "tu bo", "佛山": "fo shan", "仿佛": "fang fu", "圈养": "juan yang",
    "羊圈": "yang juan", "模具": "mu ju", "模板": "mu ban", "模样": "mu yang", "剥削": "bo xue", "削皮": "xiao pi",
    "血液": "xue ye", "提防": "di fang", "盛饭": "cheng fan", "食不厌精": "shi bu yan jing", "省亲": "xing qin",
    "车马炮": "ju ma pao", "叶公": "ye gong", "解县": "xie xian", "了解": "liao jie", "了望": "liao wang",
    "似的": "shi de", "的确": "di que", "目的": "mu di", "般若": "bo re", "石榴": "shi liu", "一石": "yi dan",
}  # fmt: skip

SURNAMES: dict[str, str] = {
    "单": "shan", "仇": "qiu", "朴": "piao", "曾": "zeng", "翟": "zhai", "覃": "qin", "缪": "miao", "薄": "bo", "柏": "bai",
    "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "澹台": "tan tai", "单于": "chan yu", "令狐": "ling hu",
}  # fmt: skip

OTHERS: dict[str, tuple[str, ...]] = {
    "重": ("zhong", "chong"), "长": ("chang", "zhang"), "行": ("xing", "hang"), "乐": ("le", "yue"), "曾": ("zeng", "ceng"),
    "单": ("dan", "shan"), "解": ("jie", "xie"), "仇": ("chou", "qiu"), "朴": ("pu", "piao"), "区": ("qu", "ou"),
    "查": ("cha", "zha"), "盖": ("gai", "ge"), "都": ("du", "dou"), "会": ("hui", "kuai"), "厦": ("sha", "xia"),
    "调": ("tiao", "diao"), "传": ("chuan", "zhuan"), "藏": ("cang", "zang"), "盛": ("sheng", "cheng"),
    "朝": ("chao", "zhao"), "泊": ("bo", "po"), "薄": ("bo", "bao"), "柏": ("bai", "bo"), "翟": ("zhai", "di"),
    "覃": ("qin", "tan"), "缪": ("miao", "mou"), "参": ("can", "shen"), "宿": ("su", "xiu"), "绿": ("lv", "lu"),
    "女": ("nv", "nu"), "吕": ("lv", "lu"), "阿": ("a", "e"), "茄": ("qie", "jia"), "伽": ("jia", "qie"),
    "莞": ("guan", "wan"), "模": ("mo", "mu"), "还": ("huan", "hai"), "弹": ("dan", "tan"), "角": ("jiao", "jue"),
    "六": ("liu", "lu"), "石": ("shi", "dan"), "车": ("che", "ju"), "省": ("sheng", "xing"), "种": ("zhong", "chong"),
    "率": ("lv", "shuai"), "旅": ("lv", "lu"), "律": ("lv", "lu"), "铝": ("lv", "lu"), "驴": ("lv", "lu"),
}  # fmt: skip
