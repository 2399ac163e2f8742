import { afterEach, describe, expect, it } from "vitest";
import { switchLocale } from "@/i18n";
import { daysFromToday, formatDate, formatDay, formatRelative, formatShortDay, formatToday } from "./time";

const ZONE = "Asia/Shanghai";
const NOW = new Date("2026-11-20T01:30:00Z"); // 09:30 in Shanghai

afterEach(() => switchLocale("zh-CN"));

describe("days are counted in the workspace's zone", () => {
  it("takes 00:30 in Shanghai as the new day, though UTC is still on the old one", () => {
    expect(daysFromToday("2026-11-19T16:30:00Z", ZONE, NOW)).toBe(0);
    expect(daysFromToday("2026-11-19T15:30:00Z", ZONE, NOW)).toBe(-1);
    expect(formatDate("2026-11-19T16:30:00Z", "zh-CN", ZONE)).toBe("2026-11-20");
  });

  it("shows a plain date as that date in every zone", () => {
    for (const zone of ["America/Los_Angeles", "Asia/Shanghai", "Pacific/Auckland"]) {
      expect(formatDate("2026-03-05", "en", zone)).toBe("2026-03-05");
    }
  });
});

describe("near days in words", () => {
  it("speaks Chinese", async () => {
    await switchLocale("zh-CN");
    expect(formatDay("2026-11-19T09:00:00Z", "zh-CN", ZONE, NOW)).toBe("昨天 17:00");
    expect(formatDay("2026-11-21", "zh-CN", ZONE, NOW)).toBe("明天");
    expect(formatDay("2026-11-23T02:00:00Z", "zh-CN", ZONE, NOW)).toBe("11月23日");
    expect(formatRelative("2026-11-20T01:18:00Z", "zh-CN", ZONE, NOW)).toBe("12 分钟前");
    expect(formatRelative("2026-11-17T01:00:00Z", "zh-CN", ZONE, NOW)).toBe("3 天前");
    expect(formatToday("zh-CN", ZONE, NOW)).toBe("11月20日 星期五");
  });

  it("speaks English", async () => {
    await switchLocale("en");
    expect(formatDay("2026-11-19T09:00:00Z", "en", ZONE, NOW)).toBe("Yesterday 17:00");
    expect(formatRelative("2026-11-20T04:30:00Z", "en", ZONE, NOW)).toBe("in 3 h");
    expect(formatShortDay("2025-02-03", "en", ZONE, NOW)).toBe("Feb 3, 2025");
    expect(formatToday("en", ZONE, NOW)).toBe("Friday, Nov 20");
  });

  it("is a dash for nothing and for nonsense", () => {
    expect(formatRelative(null, "en", ZONE, NOW)).toBe("—");
    expect(formatDay("soon", "en", ZONE, NOW)).toBe("—");
  });
});
