"""What the audit knows: every kind of entry, its group, and what it is called.

*Rules*: a key is stored in entries and is never renamed. The recorder refuses a kind that is not here.
"""

from dataclasses import dataclass

from guanxi.kit.registry import Registry
from guanxi.kit.text import Text

GROUPS: dict[str, Text] = {
    "sign_in": Text("登录", "Sign-in"),
    "account": Text("账号与凭证", "Accounts and keys"),
    "people": Text("成员与权限", "People and rights"),
    "settings": Text("设置与结构", "Settings and structure"),
    "data": Text("数据进出", "Data in and out"),
    "reading": Text("阅读", "Reading"),
    "requests": Text("请求", "Requests"),
    "privacy": Text("个人信息", "Privacy"),
    "audit": Text("审计本身", "The audit itself"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entry; `group` is a key of GROUPS."""

    key: str
    group: str
    label: Text


kinds: Registry[Kind] = Registry("kind of audit entry", lambda kind: kind.key)


def _add(group: str, **labels: tuple[str, str]) -> None:
    for key, (zh, en) in labels.items():
        kinds.register(Kind(key.replace("__", "."), group, Text(zh, en)))


_add(
    "sign_in",
    signin__in=("登录", "Signed in"),
    signin__out=("退出", "Signed out"),
    signin__ended=("登录被终止或到期", "Session ended"),
    signin__failed=("登录失败", "Sign-in failed"),
    signin__locked=("多次失败，暂停登录", "Locked out after failures"),
    signin__up=("注册", "Signed up"),
    signin__sso_failed=("单点登录失败", "Single sign-on failed"),
)
_add(
    "account",
    account__password_changed=("修改密码", "Password changed"),
    account__password_reset=("重置密码", "Password reset"),
    account__password_set=("设置密码", "Password set"),
    account__email_changed=("修改邮箱", "Address changed"),
    account__linked=("绑定单点登录", "Linked to single sign-on"),
    account__security=("账号安全变更", "Account security changed"),
    mfa__totp_activated=("启用动态验证码", "Authenticator app added"),
    mfa__totp_deactivated=("停用动态验证码", "Authenticator app removed"),
    mfa__webauthn_added=("添加通行密钥", "Passkey added"),
    mfa__webauthn_removed=("移除通行密钥", "Passkey removed"),
    mfa__recovery_codes_generated=("生成恢复码", "Recovery codes made"),
    token__created=("创建访问令牌", "API token made"),
    token__revoked=("吊销访问令牌", "API token revoked"),
)
_add(
    "people",
    member__invited=("邀请成员", "Member invited"),
    member__joined=("成员加入", "Member joined"),
    member__changed=("修改成员", "Member changed"),
    members__placed=("批量修改成员", "Members changed in bulk"),
    member__handed_over=("工作交接", "Work handed over"),
    team__created=("创建团队", "Team made"),
    team__changed=("修改团队", "Team changed"),
    team__deleted=("删除团队", "Team deleted"),
    role__changed=("修改角色与权限", "Role or rights changed"),
    sharing__changed=("修改共享规则", "Sharing changed"),
    view_as__begun=("开始以他人身份查看", "Began to look as somebody else"),
    view_as__ended=("结束以他人身份查看", "Ended looking as somebody else"),
    access__refused=("无权操作，已拒绝", "Refused: no right"),
)
_add(
    "settings",
    workspace__created=("创建工作区", "Workspace made"),
    workspace__changed=("修改工作区设置", "Workspace settings changed"),
    schema__changed=("修改对象或字段", "Objects or fields changed"),
    configuration__applied=("应用配置", "Configuration applied"),
    settings__changed=("修改设置", "Settings changed"),
    keys__rotated=("更换数据密钥", "Data key changed"),
    keys__master_changed=("更换主密钥", "Master key changed"),
    keys__index_begun=("开始更换检索密钥", "Index key: change begun"),
    keys__index_changed=("检索密钥已更换", "Index key changed"),
)
_add(
    "data",
    export__created=("导出", "Export"),
    export__downloaded=("下载导出文件", "Export downloaded"),
    file__refused=("文件含恶意内容，已拒绝", "Malicious file refused"),
    file__downloaded=("下载文件", "File downloaded"),
    import__started=("开始导入", "Import started"),
    import__undone=("撤销导入", "Import undone"),
    records__merged=("合并记录", "Records merged"),
    records__unmerged=("撤销合并", "Merge taken back"),
    records__changed=("批量操作", "Bulk change"),
    changes__undone=("撤销操作", "Changes undone"),
    samples__removed=("移除示例数据", "Sample data removed"),
    journal__erased=("抹除变更内容", "Journal values erased"),
    journal__sealed=("加密变更内容", "Journal values encrypted"),
    paper__link=("生成给客户的链接", "Link for a customer made"),
    paper__answered=("客户在网页上答复", "Customer answered on a page"),
    paper__mailed=("报价发邮件给客户", "Quote mailed to a customer"),
    event__invited=("发出日程邀请", "People invited to an event"),
    event__uninvited=("取消日程邀请", "Invitation to an event withdrawn"),
    event__proposal=("答复提议的时间", "Proposed time answered"),
    form__drawn=("抽奖开奖", "Lottery drawn"),
    order__link=("给客户发订单进度链接", "Link to an order for a customer"),
    order__link_ended=("停用订单进度链接", "Link to an order ended"),
)
_add(
    "reading",
    read__volume=("查看记录", "Records read"),
    field__revealed=("查看隐藏内容", "Masked value revealed"),
    alert__reading=("异常阅读提醒", "Unusual reading"),
)
_add(
    "requests",
    request__write=("写入请求", "Writing request"),
    request__read=("令牌读取", "Read by token"),
    view_as__read=("以他人身份读取", "Read as somebody else"),
)
_add(
    "audit",
    audit__exported=("导出审计日志", "Audit exported"),
    audit__verified=("核对封存", "Seal verified"),
    audit__accepted=("恢复备份后重新起算", "Seal accepted after a restore"),
    audit__retired=("清理到期的审计日志", "Old audit months removed"),
)
_add(
    "privacy",
    consent__recorded=("记录同意情况", "Consent recorded"),
    consent__link=("生成撤回链接", "Withdrawal link made"),
    notice__published=("发布告知书", "Notice published"),
    privacy__changed=("修改个人信息设置", "Privacy settings changed"),
    retention__run=("执行保留期限规则", "Retention rule run"),
    breach__changed=("登记泄露事件", "Breach recorded"),
    subject__requested=("登记个人信息请求", "Request of a person taken in"),
    subject__searched=("查找个人的记录", "A person's records looked for"),
    subject__verified=("核实申请人身份", "Identity of a person checked"),
    subject__copied=("生成个人信息副本", "Copy of a person's data made"),
    subject__fetched=("下载个人信息副本", "Copy of a person's data fetched"),
    subject__objected=("登记拒绝营销", "Objection recorded"),
    subject__answered=("答复个人信息请求", "Request of a person answered"),
    subject__refused=("拒绝个人信息请求", "Request of a person refused"),
    subject__erased=("删除个人信息", "Person erased"),
    subject__erased_again=("恢复备份后再次删除", "Person erased again after a restore"),
    hold__placed=("设置法律保留", "Legal hold placed"),
    hold__released=("解除法律保留", "Legal hold released"),
    breach__listed=("导出受影响人员", "People affected listed"),
)
