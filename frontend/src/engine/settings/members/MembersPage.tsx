import { useMutation } from "@tanstack/react-query";
import { Button, Input, Skeleton } from "antd";
import { Search, Upload, UserPlus } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useNavigate } from "react-router";
import { api, type Member } from "@/api";
import { Empty, Icon, useFormat, usePageTitle, useProblem } from "@/kit";
import { importPath } from "../../records/paths";
import { HandOverOf } from "../handover/lazy";
import { settingsMessages } from "../locales";
import { Section } from "../parts/Section";
import { useMembers, useTeams } from "../people-queries";
import { RightsOf } from "../roles/lazy";
import { useRoles } from "../roles/queries";
import styles from "../settings.module.css";
import { useSettingsText } from "../useSettingsText";
import { InviteDialog } from "./InviteDialog";
import { type Invited, InviteLink } from "./InviteLink";
import { EntryOf } from "./lazy";
import { MemberRow } from "./MemberRow";

export function MembersPage() {
  const t = settingsMessages.useT();
  const sections = useSettingsText();
  const format = useFormat();
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const q = useDeferredValue(typed.trim());
  const [inviting, setInviting] = useState(false);
  const [renewed, setRenewed] = useState<Invited | null>(null);
  const say = useProblem();
  const members = useMembers({ q });
  const teams = useTeams();
  const roles = useRoles();
  const [asked, setAsked] = useState<Member | null>(null);
  const [asking, setAsking] = useState(false);
  const [watched, setWatched] = useState<Member | null>(null);
  const [watching, setWatching] = useState(false);
  const [leaving, setLeaving] = useState<{ member: Member; disabling: boolean; open: boolean } | null>(null);
  usePageTitle(sections("sections.members"));
  const renew = useMutation({
    mutationFn: (id: string) => api.post<Invited>(`/members/${id}/invite`, {}),
    onSuccess: setRenewed,
    onError: (error) => say(error),
  });
  const rows = members.data?.pages.flatMap((page) => page.data) ?? [];
  const count = members.data?.pages[0]?.page.count;
  return (
    <Section
      wide
      title={sections("sections.members")}
      body={t("members.body")}
      action={
        <div className={styles.actions}>
          <Button icon={<Icon as={Upload} />} onClick={() => navigate(importPath("member"))}>
            {t("members.import")}
          </Button>
          <Button type="primary" icon={<Icon as={UserPlus} />} onClick={() => setInviting(true)}>
            {t("members.invite")}
          </Button>
        </div>
      }
    >
      <div className={styles.toolbar}>
        <Input
          style={{ width: 240 }}
          prefix={<Icon as={Search} size={14} className="gx-3" />}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          placeholder={t("members.search")}
          aria-label={t("members.search")}
          allowClear
        />
        {count && <span className="gx-3 gx-s13">{t("members.count", { n: format.count(count) })}</span>}
      </div>
      {members.isPending ? (
        <Skeleton active title={false} paragraph={{ rows: 6 }} />
      ) : rows.length === 0 ? (
        <Empty title={t("members.empty")} />
      ) : (
        <div className={styles.tableWrap}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t("members.person")}</th>
                <th scope="col">{t("members.role")}</th>
                {roles.data && <th scope="col">{t("members.extra")}</th>}
                <th scope="col">{t("members.team")}</th>
                <th scope="col">{t("members.manager")}</th>
                <th scope="col">{t("members.lastSeen")}</th>
                <th scope="col">
                  <span className="gx-hidden">{t("members.disable")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((member) => (
                <MemberRow
                  key={member.member_id}
                  member={member}
                  teams={teams.data ?? []}
                  people={rows}
                  roles={roles.data}
                  onRights={() => {
                    setAsked(member);
                    setAsking(true);
                  }}
                  onEntry={() => {
                    setWatched(member);
                    setWatching(true);
                  }}
                  onRenew={() => renew.mutate(member.id)}
                  onHandOver={(disabling) => setLeaving({ member, disabling, open: true })}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {members.hasNextPage && (
        <Button type="text" block onClick={() => void members.fetchNextPage()} loading={members.isFetchingNextPage}>
          {t("members.more")}
        </Button>
      )}
      {asked && <RightsOf member={asked} open={asking} onClose={() => setAsking(false)} />}
      {leaving && (
        <HandOverOf
          key={leaving.member.id}
          member={leaving.member}
          disabling={leaving.disabling}
          open={leaving.open}
          onClose={() => setLeaving({ ...leaving, open: false })}
        />
      )}
      {watched && <EntryOf member={watched} open={watching} onClose={() => setWatching(false)} />}
      {renewed && <InviteLink member={renewed} onClose={() => setRenewed(null)} />}
      {inviting && <InviteDialog teams={teams.data ?? []} onClose={() => setInviting(false)} />}
    </Section>
  );
}
