import { defineMessages } from "@/i18n/messages";

const zh = {
  title: "设置",
  groups: { mine: "我的", firm: "工作区", developers: "开发" },
  sections: {
    profile: "个人资料",
    security: "登录与安全",
    workspace: "工作区信息",
    entry: "安全",
    members: "成员",
    teams: "部门",
    roles: "角色与权限",
    sharing: "共享规则",
    pools: "公海",
    objects: "对象与字段",
    pipelines: "销售流程",
    assignment: "线索分配",
    rules: "布局与规则",
    templates: "模板与配置",
    printing: "打印模板",
    quality: "数据质量",
    privacy: "隐私与个人信息",
    requests: "个人信息请求",
    audit: "审计日志",
    tokens: "接口令牌",
  },
  apiDocs: "接口文档",
} as const;

const en = {
  title: "Settings",
  groups: { mine: "Personal", firm: "Workspace", developers: "Developers" },
  sections: {
    profile: "Profile",
    security: "Sign-in and security",
    workspace: "Workspace",
    entry: "Security",
    members: "Members",
    teams: "Teams",
    roles: "Roles and rights",
    sharing: "Sharing rules",
    pools: "Public pools",
    objects: "Objects and fields",
    pipelines: "Pipelines",
    assignment: "Sharing out leads",
    rules: "Layouts and rules",
    templates: "Templates",
    printing: "Print templates",
    quality: "Data quality",
    privacy: "Privacy",
    requests: "Requests of persons",
    audit: "Audit",
    tokens: "API tokens",
  },
  apiDocs: "API reference",
} as const;

export const sectionsMessages = defineMessages("sections", zh, en);
