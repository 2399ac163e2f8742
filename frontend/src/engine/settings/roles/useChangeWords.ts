import { useLabel } from "@/i18n";
import { useT } from "./messages";
import { ANY, type Flat, isSwitch, type Right, type Scope, type Verb } from "./model";
import type { Matrix } from "./queries";

/** A change as one reads it: 客户 · 查看：自己 → 全部. */
export function useChangeWords(matrix: Matrix | undefined) {
  const t = useT();
  const label = useLabel();
  const objectName = (key: string) => {
    const found = matrix?.objects.find((object) => object.key === key);
    return key === ANY ? t("others") : found ? label(found.label) : key;
  };
  const name = (path: string): string => {
    const [part, one = "", two = ""] = path.split(".");
    if (part === "objects") return `${objectName(one)} · ${t(`verb.${two as Verb}`)}`;
    if (part === "fields") {
      const field = matrix?.objects.find((each) => each.key === one)?.fields.find((each) => each.key === two);
      return `${objectName(one)} · ${field ? label(field.label) : two}`;
    }
    if (part === "areas") {
      const area = matrix?.areas.find((each) => each.key === one);
      return area ? label(area.label) : one;
    }
    const action = matrix?.objects.flatMap((each) => each.actions).find((each) => each.key === one);
    return action ? label(action.label) : one;
  };
  const value = (path: string, of: string | boolean | undefined): string => {
    const [part, , two] = path.split(".");
    if (part === "fields") return t(`right.${(of ?? "edit") as Right}`);
    if (part === "actions") return t(of === false ? "off" : "on");
    if (part === "areas") return t(of === true ? "on" : "off");
    if (of === undefined) return t("preset.inherit");
    if (typeof of === "boolean" || isSwitch(two as Verb)) return t(of === true || of === "all" ? "on" : "off");
    return t(`scope.${of as Scope}`);
  };
  return (before: Flat, after: Flat, path: string) => ({
    name: name(path),
    before: value(path, before[path]),
    after: value(path, after[path]),
  });
}
