import { App, Button, Dropdown, Select } from "antd";
import { Ellipsis } from "lucide-react";
import { type Member, type Role, type Team, useMe } from "@/api";
import { useLabel } from "@/i18n";
import { Avatar, Chip, Icon, RelativeTime, useProblem } from "@/kit";
import { useT as useViewingT } from "../../access/viewing/messages";
import { useViewAs } from "../../access/viewing/useViewAs";
import { useT as useHandOverT } from "../handover/messages";
import { useLeaving } from "../handover/useLeaving";
import { settingsMessages } from "../locales";
import { TeamSelect } from "../parts/TeamSelect";
import { type MemberPatch, useUpdateMember } from "../people-queries";
import type { RoleInfo } from "../roles/queries";
import styles from "../settings.module.css";
import { ExtraRoles } from "./ExtraRoles";

const ROLES: Role[] = ["admin", "manager", "member", "read_only", "limited"];

interface Props {
  member: Member;
  teams: Team[];
  people: Member[];
  roles: RoleInfo[] | undefined;
  onRenew: () => void;
  onRights: () => void;
  onEntry: () => void;
  onHandOver: (disabling: boolean) => void;
}

export function MemberRow({ member, teams, people, roles, onRenew, onRights, onEntry, onHandOver }: Props) {
  const t = settingsMessages.useT();
  const label = useLabel();
  const me = useMe();
  const handOver = useHandOverT();
  const viewing = useViewingT();
  const viewAs = useViewAs();
  const { modal, message } = App.useApp();
  const say = useProblem();
  const update = useUpdateMember();
  const self = member.id === me.user.id;
  const disabled = member.status === "disabled";
  const gives = me.areas.includes("roles");
  const roleName = (role: Role) => label(roles?.find((each) => each.key === role)?.name, t(`role.${role}`));
  const hintOf = (role: Role) => {
    const found = roles?.find((each) => each.key === role);
    return found?.adjusted ? label(found.note) : t(`roleHint.${role}`);
  };
  const looks = gives || me.areas.includes("audit") || self;
  const save = (patch: MemberPatch) =>
    update.mutate(
      { id: member.id, patch },
      { onSuccess: () => void message.success(t("saved")), onError: (error) => say(error) },
    );
  const leave = useLeaving(member, () => onHandOver(true));
  const askDisable = async () => {
    if (await leave()) return;
    modal.confirm({
      title: t("members.disable"),
      content: t("members.disableAsk", { name: member.name }),
      okText: t("members.disable"),
      okButtonProps: { danger: true, type: "default" },
      onOk: () => save({ status: "disabled" }),
    });
  };
  const act: Record<string, () => void> = {
    rights: onRights,
    entry: onEntry,
    renew: onRenew,
    enable: () => save({ status: "active" }),
    disable: () => void askDisable(),
    handOver: () => onHandOver(false),
    view: () => viewAs({ user: member.id }, member.name),
  };
  const managers = people
    .filter((person) => person.id !== member.id && person.status === "active")
    .map((person) => ({ value: person.id, label: person.name }));
  if (member.manager && !managers.some((option) => option.value === member.manager?.id))
    managers.push({ value: member.manager.id, label: member.manager.name });
  return (
    <tr className={disabled ? styles.off : undefined}>
      <td>
        <div className={styles.person}>
          <Avatar id={member.id} name={member.name} size="lg" />
          <div>
            <span>
              {member.name} {self && <Chip>{t("members.you")}</Chip>}
              {member.status !== "active" && (
                <Chip tone={disabled ? "mute" : "info"}>{t(`members.status.${member.status}`)}</Chip>
              )}
            </span>
            <span className="gx-3 gx-s12 gx-cut">{member.email}</span>
          </div>
        </div>
      </td>
      <td>
        <Select<Role>
          className={styles.quiet}
          variant="borderless"
          style={{ width: 112 }}
          aria-label={`${t("members.role")}: ${member.name}`}
          value={member.role}
          disabled={self || disabled}
          onChange={(role) => save({ role })}
          popupMatchSelectWidth={280}
          options={ROLES.map((role) => ({ value: role, label: roleName(role), hint: hintOf(role) }))}
          optionRender={(option) => (
            <div>
              <div>{option.label}</div>
              <div className="gx-3 gx-s12">{option.data.hint}</div>
            </div>
          )}
        />
      </td>
      {roles && (
        <td>
          <ExtraRoles
            member={member}
            roles={roles}
            disabled={!gives || disabled}
            onSave={(extra_roles) => save({ extra_roles })}
          />
        </td>
      )}
      <td>
        <TeamSelect
          className={styles.quiet}
          variant="borderless"
          style={{ width: 120 }}
          aria-label={`${t("members.team")}: ${member.name}`}
          placeholder={t("members.noTeam")}
          value={member.team?.id}
          disabled={disabled}
          onChange={(team) => save({ team: team ?? null })}
          teams={teams}
        />
      </td>
      <td>
        <Select
          className={styles.quiet}
          variant="borderless"
          style={{ width: 104 }}
          aria-label={`${t("members.manager")}: ${member.name}`}
          allowClear
          placeholder={t("members.noManager")}
          value={member.manager?.id}
          disabled={disabled}
          onChange={(manager?: string) => save({ manager: manager ?? null })}
          showSearch={{ optionFilterProp: "label" }}
          options={managers}
        />
      </td>
      <td className="gx-3 gx-s12">
        {member.last_seen_at ? <RelativeTime value={member.last_seen_at} /> : t("members.never")}
      </td>
      <td>
        {(!self || looks) && (
          <Dropdown
            trigger={["click"]}
            menu={{
              items: [
                ...(looks ? [{ key: "rights", label: t("members.rights") }] : []),
                { key: "entry", label: t("members.entry") },
                ...(member.status === "invited" ? [{ key: "renew", label: t("members.renew") }] : []),
                ...(self
                  ? []
                  : [
                      ...(disabled || member.status !== "active" ? [] : [{ key: "view", label: viewing("begin") }]),
                      { key: "handOver", label: handOver("open") },
                      disabled
                        ? { key: "enable", label: t("members.enable") }
                        : { key: "disable", label: t("members.disable"), danger: true },
                    ]),
              ],
              onClick: ({ key }) => act[key]?.(),
            }}
          >
            <Button
              type="text"
              icon={<Icon as={Ellipsis} />}
              aria-label={t("members.actions", { name: member.name })}
            />
          </Dropdown>
        )}
      </td>
    </tr>
  );
}
