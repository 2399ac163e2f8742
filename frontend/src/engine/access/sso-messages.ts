import { defineMessages } from "@/i18n/messages";

const zh = {
  ask: "用企业的单点登录",
  firm: "企业的登录地址",
  firmHint: "管理员给你的登录链接里 firm= 后面的那一段。",
  firmUnknown: "没有这个登录地址，或者这家企业没有启用单点登录。",
  firmRequired: "请填写企业的登录地址",
  goOn: "继续",
  byPassword: "用密码登录",
  title: "登录{{workspace}}",
  link: "还差一步",
  linkBody: "这个邮箱已有账号。请用原来的密码登录一次，以后就能直接单点登录。",
  linkPlain: "第一次这样登录。请用原来的账号登录一次，绑定后就能直接进来。",
  linked: "绑定好了，以后可以直接单点登录。",
  failed: {
    gone: "这种登录方式已经停用，请换一种，或联系管理员。",
    expired: "这次登录已过期，请重新开始。",
    provider: "企业的登录服务没有按预期应答。请再试一次；仍不行，请联系管理员。",
    denied: "你在企业的登录服务里取消了登录。",
    unverified: "企业的登录服务没有给出已验证的邮箱，请联系管理员。",
    unproven: "企业还没有验证自己的邮箱域名，请联系管理员。",
    domain: "这个账号的邮箱不属于这家企业。",
    no_place: "你还不是这个工作区的成员，请让管理员邀请你。",
    disabled: "你在这个工作区的账号已停用，请联系管理员。",
    factor: "你的角色要求两步验证，但企业的登录服务没有要求。请联系管理员。",
  },
} as const;

const en = {
  ask: "Use your company's single sign-on",
  firm: "Your company's sign-in address",
  firmHint: "What follows firm= in the link your administrator gave you.",
  firmUnknown: "There is no such sign-in address, or the company has no single sign-on.",
  firmRequired: "Enter your company's sign-in address",
  goOn: "Continue",
  byPassword: "Sign in with a password",
  title: "Sign in to {{workspace}}",
  link: "One more step",
  linkBody:
    "This e-mail has an account already. Sign in once with its password; from then on single sign-on is enough.",
  linkPlain: "You have not come in this way before. Sign in to your account once to link it.",
  linked: "Linked: from now on single sign-on is enough.",
  failed: {
    gone: "This way to sign in is switched off. Use another, or ask your administrator.",
    expired: "This sign-in took too long. Please start again.",
    provider: "Your company's sign-in service did not answer as expected. Try again, then ask your administrator.",
    denied: "You cancelled at your company's sign-in service.",
    unverified: "Your company's sign-in service gave no verified e-mail. Ask your administrator.",
    unproven: "Your company has not proven its mail domain yet. Ask your administrator.",
    domain: "The e-mail of this account does not belong to this company.",
    no_place: "You are not a member of this workspace yet. Ask an administrator to invite you.",
    disabled: "Your access to this workspace is switched off. Ask your administrator.",
    factor:
      "Your role needs a second step, and your company's sign-in service did not ask for one. Ask your administrator.",
  },
} as const;

export const ssoMessages = defineMessages("signInWays", zh, en);
