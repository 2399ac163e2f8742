import type { Label } from "@/api/types";

/** Names for people without an account, who may ask for no choices of a workspace. */
export const CHANNELS: Record<string, Label> = {
  phone: { "zh-CN": "电话", en: "Phone" },
  sms: { "zh-CN": "短信", en: "SMS" },
  email: { "zh-CN": "邮件", en: "E-mail" },
  wechat: { "zh-CN": "微信 / 企业微信", en: "WeChat / WeCom" },
  post: { "zh-CN": "邮寄", en: "Post" },
};

export const SEPARATE: Record<string, Label> = {
  sensitive: { "zh-CN": "敏感个人信息", en: "Sensitive data" },
  sharing: { "zh-CN": "向他人提供", en: "Sharing with others" },
  public: { "zh-CN": "公开", en: "Making public" },
  abroad: { "zh-CN": "向境外提供", en: "Sending abroad" },
};
