import { useMe } from "@/api/useMe";
import { useLabel } from "@/i18n";
import { useRoles } from "../roles/queries";
import { layoutsMessages, ROLES } from "./messages";

/** The roles that a layout can be for, the firm's own among them for who may see those. */
export function useRoleChoices() {
  const t = layoutsMessages.useT();
  const label = useLabel();
  const me = useMe();
  const { data } = useRoles(me.can.members || me.areas.includes("roles") || me.areas.includes("audit"));
  const own = (data ?? [])
    .filter((role) => !role.builtin)
    .map((role) => ({ value: role.key, label: label(role.name) }));
  const choices = [...ROLES.map((value) => ({ value: value as string, label: t(`role.${value}`) })), ...own];
  const nameOf = (key: string) =>
    choices.find((role) => role.value === key)?.label ?? (key === "limited" ? t("role.limited") : key);
  return { choices, nameOf };
}
