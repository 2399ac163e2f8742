import { Select } from "antd";
import type { Member } from "@/api";
import { useLabel } from "@/i18n";
import { useT } from "../roles/messages";
import type { RoleInfo } from "../roles/queries";
import styles from "../settings.module.css";

interface Props {
  member: Member;
  roles: RoleInfo[];
  disabled: boolean;
  onSave: (keys: string[]) => void;
}

/** The roles a person has besides the base role; what they give adds up. */
export function ExtraRoles({ member, roles, disabled, onSave }: Props) {
  const t = useT();
  const label = useLabel();
  const options = roles
    .filter((role) => (!role.fixed && role.key !== member.role) || member.extra_roles.includes(role.key))
    .sort((a, b) => Number(a.builtin) - Number(b.builtin))
    .map((role) => ({ value: role.key, label: label(role.name), note: label(role.note) }));
  return (
    <Select<string[], (typeof options)[number]>
      mode="multiple"
      className={styles.quiet}
      variant="borderless"
      style={{ width: 150 }}
      aria-label={t("extra_of", { name: member.name })}
      placeholder={t("extra_none")}
      value={member.extra_roles}
      disabled={disabled}
      onChange={onSave}
      popupMatchSelectWidth={280}
      showSearch={{ optionFilterProp: "label" }}
      options={options}
      optionRender={(option) => (
        <div>
          <div>{option.label}</div>
          <div className="gx-3 gx-s12">{option.data.note}</div>
        </div>
      )}
    />
  );
}
