"""What a person reads on the controls that the main job needs, in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    locale: str
    company: str
    name: str
    email: str
    password: str
    make_workspace: str
    drop_here: str
    import_: str
    preview: str
    will_be_created: str
    create_options: str
    create_links: str
    run: str
    seen: str
    all_customers: str
    customers_list: str
    filter: str
    condition: str
    field: str
    region: str
    find: str
    showing: str
    open_page: str
    preview_of: str
    note_text: str
    save: str
    note_saved: str
    timeline: str
    board: str
    won: str
    lost: str
    column: str
    expand: str
    move: str
    moved: str
    customer: str
    customer_name: str
    person_menu: str
    sign_out: str
    sign_in: str

    def of(self, pattern: str, **values: object) -> str:
        return str(getattr(self, pattern)).format(**values)


ZH = Words(
    locale="zh-CN", company="公司或团队名称", name="姓名", email="邮箱", password="密码", make_workspace="建立工作区",
    drop_here="把表格拖到这里", import_="导入", preview="预览", will_be_created="将新建",
    create_options="新建选项", create_links="新建关联记录", run="导入 {n} 个", seen="查看", all_customers="全部客户",
    customers_list="客户列表", filter="筛选", condition="条件", field="字段", region="地区", find="在本视图中查找", showing="显示客户，其中客户名称包含",
    open_page="打开完整页", preview_of="预览 {name}", note_text="跟进记录内容", save="保存", note_saved="已记录",
    timeline="动态", board="看板", won="赢单", lost="输单", column="{stage}，{n} 个", expand="展开{stage}",
    move="移动「", moved="」已移到「{stage}」", customer="客户", customer_name="客户名称",
    person_menu="{name} 的菜单", sign_out="退出登录", sign_in="登录",
)  # fmt: skip

EN = Words(
    locale="en", company="Company or team", name="Name", email="E-mail", password="Password",
    make_workspace="Create the workspace", drop_here="Drop a spreadsheet here", import_="Import", preview="Preview",
    will_be_created="Will be created", create_options="Create options", create_links="Create related records",
    run="Import {n} ", seen="See ", all_customers="All customers", customers_list="List of Customers", filter="Filter",
    condition="Condition", field="Field", region="Region", find="Find in this view", showing="Showing Customers where",
    open_page="Open full page", preview_of="Preview of {name}", note_text="Text of the Note", save="Save", note_saved="Logged",
    timeline="Timeline", board="Board", won="Won", lost="Lost", column="{stage}, {n}", expand="Expand {stage}",
    move="Move “", moved="” moved to “{stage}”", customer="Customer", customer_name="Name",
    person_menu="Menu of {name}", sign_out="Sign out", sign_in="Sign in",
)  # fmt: skip
