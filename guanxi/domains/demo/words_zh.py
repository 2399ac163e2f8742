"""The Chinese sample firm: 岭南智造, industrial automation from the Pearl River Delta."""

from guanxi.domains.demo.texts_zh import TEXTS
from guanxi.domains.demo.words import PersonWords, Place, ProductWords, TeamWords, Trade, Words

_ROADS = (
    "工业大道中", "科技三路", "创业北路", "兴业路", "振兴西路", "环市东路", "迎宾大道", "南海大道北", "高新二路", "港口路",
    "福源路", "民安南路", "同乐西路", "锦绣路", "光明大道", "建设一路", "东升中路", "新城大道", "富康路", "产业园一横路",
)  # fmt: skip


def _place(path: str, weight: int, area: str, team: str) -> Place:
    names = (*path.split("/"), "")
    address = {"country": "中国", "province": names[0], "city": names[1], "district": names[2]}
    short = names[1].removesuffix("市")
    found = {key: value for key, value in address.items() if value}
    return Place(found, short, weight, f"+86{area}N#######", "+861@########", team, _ROADS)


_FACTORY = ("有限公司", "有限公司", "有限公司", "股份有限公司", "科技有限公司", "实业有限公司", "制品厂")
_FIRM = ("有限公司", "有限公司", "科技有限公司", "股份有限公司")

WORDS = Words(
    firm="岭南智造",
    teams=(
        TeamWords("firm", "岭南智造"),
        TeamWords("sales", "销售中心", "firm"),
        TeamWords("south1", "华南一组", "sales"),
        TeamWords("south2", "华南二组", "sales"),
        TeamWords("east", "华东组", "sales"),
        TeamWords("service", "客户服务部", "firm"),
        TeamWords("marketing", "市场部", "firm"),
    ),
    people=(
        PersonWords("su", "苏婉仪", "manager", "sales", manages=True, sells=False),
        PersonWords("lin", "林悦", "manager", "south1", manages=True),
        PersonWords("chen", "陈嘉铭", "member", "south1"),
        PersonWords("huang", "黄晓彤", "member", "south1"),
        PersonWords("zhou", "周思远", "manager", "south2", manages=True),
        PersonWords("liang", "梁咏珊", "member", "south2"),
        PersonWords("mai", "麦浩轩", "member", "south2"),
        PersonWords("he", "何俊杰", "manager", "east", manages=True),
        PersonWords("shen", "沈雨桐", "member", "east"),
        PersonWords("gu", "顾一帆", "member", "east"),
        PersonWords("tang", "唐志远", "member", "service", manages=True, sells=False),
        PersonWords("luo", "罗可盈", "member", "marketing", manages=True, sells=False),
    ),
    families=tuple(
        "陈林黄李张梁何罗谢冯邓许曾彭吕苏卢蔡潘叶郭徐孙朱马胡高宋郑萧唐韩曹袁于董余程傅沈钟姜崔谭廖范汪陆金石戴贾韦夏付方邹熊孟秦江尹薛阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严莫孔"
    ),
    given_female=(
        "敏华", "丽珍", "小雯", "慧", "雅琪", "秀芬", "佩珊", "晓琳", "嘉欣", "婷", "月华", "思敏", "佳怡", "玉莲", "梦瑶", "文静",
        "春燕", "海燕", "颖", "雪芳", "美玲", "淑贤", "艳红", "惠仪", "凯琳", "若彤", "静雯", "彩虹", "诗韵", "燕玲",
    ),
    given_male=(
        "建国", "文斌", "志强", "家豪", "振宇", "志明", "国强", "炳坤", "永昌", "关健", "启明", "伟雄", "海涛", "俊辉", "锦荣", "少华",
        "立新", "宏伟", "子健", "铭", "浩然", "国栋", "永健", "德胜", "学文", "耀祖", "景辉", "泽宇", "新民", "光耀", "伟业", "世杰",
    ),
    person_name="{family}{given}",
    brand_starts=tuple("恒博科精联华鼎盈锐瑞宏泰诚盛腾凯金鑫信德力海远东启汇嘉创伟兴隆卓越康荣永利维格艾森美佳百"),
    brand_ends=tuple("拓远霖达创盛科信泰丰源润辉腾业华晟通利安捷力展凌微特尔纳川岳峰航图翔星迪诺邦铭"),
    company_name="{place}{rank}{brand}{word}{form}",
    trades=(
        Trade("automation", "business", 15, ("自动化设备", "智能装备", "机器人", "工控", "非标自动化"), _FACTORY),
        Trade("machinery", "business", 13, ("机械", "精密机械", "机械设备", "塑料机械", "包装机械"), _FACTORY),
        Trade("electronics", "business", 13, ("电子", "光电", "电子科技", "线路板", "连接器"), _FIRM),
        Trade("metal", "business", 11, ("五金", "金属制品", "铝业", "不锈钢", "紧固件"), _FACTORY),
        Trade("mold", "business", 8, ("模具", "精密模具", "压铸"), _FACTORY),
        Trade("plastics", "business", 7, ("塑胶", "注塑", "塑业"), _FACTORY),
        Trade("appliances", "business", 6, ("电器", "厨卫电器", "小家电"), _FIRM),
        Trade("automotive", "business", 5, ("汽车零部件", "汽配", "新能源汽车部件"), _FIRM),
        Trade("lighting", "business", 5, ("灯饰", "照明", "光源"), _FACTORY),
        Trade("packaging", "business", 5, ("包装", "印刷包装", "纸品"), _FACTORY),
        Trade("food", "business", 4, ("食品", "调味品", "饮料"), _FIRM),
        Trade("furniture", "business", 3, ("家具", "家居", "办公家具"), _FIRM),
        Trade("medical", "business", 3, ("医疗器械", "生物科技"), _FIRM),
        Trade("energy", "business", 3, ("新能源", "电气", "储能科技"), _FIRM),
        Trade("logistics", "business", 2, ("物流", "供应链", "仓储"), _FIRM),
        Trade("education", "public_interest", 7, ("职业技术学院", "技师学院", "机电职业学校", "技工学校", "高级技工学校"), ("",)),
        Trade("government", "public_interest", 2, ("机器人产业协会", "检验检测院", "产业促进中心"), ("",)),
        Trade("machinery", "intermediary", 6, ("机电设备贸易", "工业品商贸", "教育装备", "自动化系统集成"), ("有限公司", "商行")),
    ),
    places=(
        _place("广东省/广州市/番禺区", 12, "20", "south1"), _place("广东省/佛山市/南海区", 12, "757", "south1"),
        _place("广东省/佛山市/顺德区", 10, "757", "south1"), _place("广东省/中山市/小榄镇", 12, "760", "south1"),
        _place("广东省/江门市/蓬江区", 6, "750", "south1"), _place("广东省/珠海市/斗门区", 5, "756", "south1"),
        _place("广东省/肇庆市/端州区", 4, "758", "south1"), _place("广东省/东莞市/长安镇", 12, "769", "south2"),
        _place("广东省/深圳市/宝安区", 11, "755", "south2"), _place("广东省/惠州市/惠城区", 7, "752", "south2"),
        _place("广东省/汕头市/龙湖区", 4, "754", "south2"), _place("广东省/湛江市/霞山区", 3, "759", "south2"),
        _place("广东省/清远市/清城区", 3, "763", "south2"), _place("广西壮族自治区/南宁市/青秀区", 3, "771", "south2"),
        _place("湖南省/长沙市/岳麓区", 4, "731", "south2"), _place("福建省/厦门市/集美区", 4, "592", "south2"),
        _place("江苏省/苏州市/吴中区", 9, "512", "east"), _place("江苏省/无锡市/新吴区", 5, "510", "east"),
        _place("浙江省/宁波市/北仑区", 6, "574", "east"), _place("浙江省/嘉兴市/南湖区", 4, "573", "east"),
        _place("浙江省/杭州市/萧山区", 5, "571", "east"), _place("浙江省/台州市/路桥区", 3, "576", "east"),
        _place("上海市/上海市/松江区", 5, "21", "east"), _place("安徽省/合肥市/蜀山区", 3, "551", "east"),
    ),
    job_titles=(
        ("总经理", "总经办", ("decision_maker",), 14), ("副总经理", "总经办", ("decision_maker", "influencer"), 8),
        ("生产总监", "生产部", ("influencer", "user"), 12), ("采购经理", "采购部", ("buyer",), 18),
        ("采购主管", "采购部", ("buyer",), 10), ("设备部经理", "设备部", ("technical", "user"), 14),
        ("工艺工程师", "工程部", ("technical",), 12), ("技术总监", "研发部", ("technical", "decision_maker"), 8),
        ("车间主任", "生产部", ("user", "champion"), 9), ("财务经理", "财务部", ("finance",), 6),
        ("项目经理", "项目部", ("influencer", "champion"), 7), ("实训中心主任", "实训中心", ("decision_maker", "user"), 4),
    ),
    tags=("老客户", "产线改造", "样板客户", "扩产计划", "价格敏感", "需要现场支持", "上市公司", "专精特新", "转介绍多", "政府补贴项目"),
    rivals=("华岳自动化", "北辰机器人", "智拓装备", "欧力伺服", "鸿图视觉", "国外品牌代理"),
    channels=("百度推广", "抖音短视频", "华南工博会", "官网表单", "公众号", "老客户介绍", "阿里国际站", "行业论坛"),
    products=(
        ProductWords("RB-06", "六轴机械臂 HR-6", "工业机器人", "台", 86000, 0.34),
        ProductWords("RB-12", "六轴机械臂 HR-12", "工业机器人", "台", 118000, 0.33),
        ProductWords("RB-20", "六轴机械臂 HR-20", "工业机器人", "台", 152000, 0.31),
        ProductWords("RB-SC4", "四轴 SCARA 机器人 SC-4", "工业机器人", "台", 46000, 0.36),
        ProductWords("RB-PL", "码垛机器人 MD-180", "工业机器人", "台", 198000, 0.29),
        ProductWords("RB-CO5", "协作机器人 XZ-5", "工业机器人", "台", 98000, 0.38),
        ProductWords("RB-INJ", "注塑机取件机械手 QJ-8", "工业机器人", "台", 62000, 0.35),
        ProductWords("RB-GT", "桁架机械手 HJ-3", "工业机器人", "套", 174000, 0.3),
        ProductWords("VS-2D", "二维视觉检测工位", "机器视觉", "套", 88000, 0.42),
        ProductWords("VS-3D", "三维视觉引导系统", "机器视觉", "套", 165000, 0.44),
        ProductWords("VS-AOI", "在线外观检测机", "机器视觉", "台", 236000, 0.4),
        ProductWords("VS-CAM", "工业相机 12MP", "机器视觉", "个", 9800, 0.45),
        ProductWords("VS-SW", "视觉算法软件授权", "机器视觉", "套", 38000, 0.72),
        ProductWords("AG-06", "AGV 搬运车 600 kg", "输送与仓储", "台", 128000, 0.32),
        ProductWords("AG-15", "AGV 搬运车 1500 kg", "输送与仓储", "台", 186000, 0.3),
        ProductWords("CV-RL", "滚筒输送线", "输送与仓储", "米", 3200, 0.28),
        ProductWords("CV-BT", "皮带输送线", "输送与仓储", "米", 2400, 0.28),
        ProductWords("WH-ASRS", "小型立体仓库", "输送与仓储", "套", 680000, 0.26),
        ProductWords("WH-WMS", "仓储管理软件", "输送与仓储", "套", 120000, 0.7),
        ProductWords("CN-LT", "数控车床上下料工位", "数控与伺服", "套", 132000, 0.31),
        ProductWords("CN-ML", "加工中心自动上下料单元", "数控与伺服", "套", 218000, 0.3),
        ProductWords("SV-PR", "伺服压装机 30 kN", "数控与伺服", "台", 96000, 0.37),
        ProductWords("SV-DR", "伺服驱动器 2 kW", "数控与伺服", "个", 3600, 0.33),
        ProductWords("SV-SCR", "双工位锁螺丝机", "数控与伺服", "台", 58000, 0.39),
        ProductWords("PLC-S", "可编程控制器 LN-200", "数控与伺服", "个", 2800, 0.36),
        ProductWords("HMI-10", "触摸屏 10 寸", "数控与伺服", "个", 1900, 0.34),
        ProductWords("WD-ST", "焊接机器人工作站", "工业机器人", "套", 268000, 0.3),
        ProductWords("BD-RB", "折弯机器人单元", "工业机器人", "套", 246000, 0.3),
        ProductWords("TR-PLC", "PLC 实训台", "实训设备", "台", 13800, 0.46),
        ProductWords("TR-RB", "工业机器人实训站", "实训设备", "套", 168000, 0.43),
        ProductWords("TR-CNC", "数控实训室整体方案", "实训设备", "套", 480000, 0.38),
        ProductWords("TR-IOT", "工业互联网实训平台", "实训设备", "套", 360000, 0.48),
        ProductWords("TR-VS", "机器视觉实训台", "实训设备", "台", 42000, 0.45),
        ProductWords("MES-L", "车间数据采集系统", "软件与服务", "套", 160000, 0.66),
        ProductWords("SV-Y1", "年度保养包", "软件与服务", "次", 4800, 0.58),
        ProductWords("SV-Y4", "年度保养包（四次）", "软件与服务", "年", 16800, 0.58),
        ProductWords("SV-DBG", "现场调试服务", "软件与服务", "人天", 1800, 0.5),
        ProductWords("SP-GRP", "夹爪备件组", "备件", "套", 4000, 0.48),
        ProductWords("SP-RED", "减速机备件", "备件", "个", 6800, 0.4),
        ProductWords("SP-CBL", "本体线缆组", "备件", "套", 3200, 0.44),
    ),
    scenarios={
        "工业机器人": (
            "六轴机械臂产线改造", "焊接工作站 {n} 台", "码垛机器人项目", "注塑机取件机械手 {n} 台", "钣金折弯机器人", "冲压线自动化",
            "协作机器人装配工位", "模内贴标改造", "喷涂线机器人改造", "桁架机械手改造",
        ),
        "机器视觉": ("视觉检测工位加装", "机器视觉引导系统", "外观检测线 {n} 条", "来料尺寸检测", "字符识别与追溯", "视觉分拣工位"),
        "输送与仓储": ("AGV 料车试点", "立体仓库一期", "输送线改造", "成品下线物流自动化", "仓储管理系统上线", "AGV 搬运 {n} 台"),
        "数控与伺服": ("自动上下料工位 {n} 套", "伺服压装线", "双工位锁螺丝机 {n} 台", "加工中心上下料单元", "控制系统升级", "传动测试台架"),
        "实训设备": ("实训室二期扩容", "PLC 实训台 {n} 套", "工业互联网实训平台", "数控实训室整体方案", "产教融合实训基地", "机器人实训站 {n} 套"),
        "软件与服务": ("车间数据采集项目", "年度保养合同", "产线联网改造", "设备大修服务", "保养续签"),
        "备件": ("年度备件采购", "夹爪备件补货", "减速机更换", "备件框架协议"),
    },
    texts=TEXTS,
    mail_domain="example.com",
    has_tax_numbers=True,
)
