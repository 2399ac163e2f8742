import { defineMessages } from "@/i18n/messages";

const zh = {
  decimals: "小数位",
  min: "最小值",
  max: "最大值",
  maxLength: "最多几个字",
  stars: "几颗星",
  pattern: "编号规则",
  patternHint: "{YYYY} 年、{MM} 月、{DD} 日，{0000} 是位数固定的流水号。",
  reset: "什么时候从 1 重新数",
  resets: { none: "一直往下数", year: "每年", month: "每月", day: "每天" },
  example: "例如 {{value}}",
  noLimit: "不限",
  region: "不带区号的号码属于",
  regions: {
    CN: "中国大陆",
    HK: "香港",
    MO: "澳门",
    TW: "台湾",
    SG: "新加坡",
    US: "美国",
    GB: "英国",
    JP: "日本",
    KR: "韩国",
    DE: "德国",
  },
} as const;

const en = {
  decimals: "Decimals",
  min: "Lowest",
  max: "Highest",
  maxLength: "Longest, in characters",
  stars: "How many stars",
  pattern: "Pattern of the number",
  patternHint: "{YYYY} year, {MM} month, {DD} day; {0000} counts, with as many digits.",
  reset: "When it counts from 1 again",
  resets: { none: "Never", year: "Each year", month: "Each month", day: "Each day" },
  example: "For example {{value}}",
  noLimit: "No limit",
  region: "Numbers without a country code are from",
  regions: {
    CN: "Mainland China",
    HK: "Hong Kong",
    MO: "Macau",
    TW: "Taiwan",
    SG: "Singapore",
    US: "United States",
    GB: "United Kingdom",
    JP: "Japan",
    KR: "South Korea",
    DE: "Germany",
  },
} as const;

export const { useT } = defineMessages("fieldConfig", zh, en);
