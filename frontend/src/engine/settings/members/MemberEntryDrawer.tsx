import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Drawer, Popconfirm, Skeleton } from "antd";
import { MonitorSmartphone } from "lucide-react";
import { api, type Member } from "@/api";
import { Chip, Empty, Icon, problemText, useFormat, useIsPhone, useProblem } from "@/kit";
import { entryMessages } from "../entry/messages";
import type { SignIn } from "../entry/model";
import { deviceName } from "../security/device-name";
import { SignInList } from "../security/SignInList";
import styles from "../settings.module.css";

interface MemberEntry {
  has_second_factor: boolean;
  locked_until: string | null;
  devices: { id: number; ip: string; agent: string; signed_in_at: string }[];
  sign_ins: SignIn[];
}

/** How a member gets in: what they are signed in with, who tried, and what an administrator can do about it. */
export function MemberEntryDrawer({ member, open, onClose }: { member: Member; open: boolean; onClose: () => void }) {
  const t = entryMessages.useT();
  const phone = useIsPhone();
  const entry = useQuery({
    queryKey: ["member-entry", member.id],
    queryFn: ({ signal }) => api.get<MemberEntry>(`/members/${member.id}/entry`, { signal }),
  });
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={t("ofMember", { name: member.name })}
      size={phone ? "100%" : 560}
      destroyOnHidden
    >
      {entry.error && !entry.data && <Empty title={problemText(entry.error)} />}
      {entry.isPending && <Skeleton active title={false} paragraph={{ rows: 8 }} />}
      {entry.data && <Shown member={member} entry={entry.data} />}
    </Drawer>
  );
}

function Shown({ member, entry }: { member: Member; entry: MemberEntry }) {
  const t = entryMessages.useT();
  const format = useFormat();
  const client = useQueryClient();
  const { message } = App.useApp();
  const say = useProblem();
  const after = {
    onError: (error: unknown) => say(error),
    onSettled: () => client.invalidateQueries({ queryKey: ["member-entry", member.id] }),
  };
  const unlock = useMutation({
    mutationFn: () => api.post(`/members/${member.id}/unlock`, {}),
    onSuccess: () => message.success(t("unlocked")),
    ...after,
  });
  const signOut = useMutation({
    mutationFn: () => api.delete(`/members/${member.id}/entry`),
    onSuccess: () => message.success(t("signedOut")),
    ...after,
  });
  const heading = { display: "flex", alignItems: "center", justifyContent: "space-between", margin: "20px 0 8px" };
  return (
    <>
      <Chip tone={entry.has_second_factor ? "ok" : "mute"}>
        {t(entry.has_second_factor ? "factorOn" : "factorOff")}
      </Chip>
      {entry.locked_until && (
        <Alert
          type="warning"
          showIcon
          style={{ marginTop: 12 }}
          title={t("lockedNow", { when: format.dateTime(entry.locked_until) })}
          action={
            <Button size="small" onClick={() => unlock.mutate()} loading={unlock.isPending}>
              {t("unlock")}
            </Button>
          }
        />
      )}
      <div style={heading}>
        <h3 style={{ fontSize: "var(--gx-fs-14)" }}>{t("devices")}</h3>
        {entry.devices.length > 0 && (
          <Popconfirm title={t("signOutAsk", { name: member.name })} onConfirm={() => signOut.mutate()}>
            <Button size="small" loading={signOut.isPending}>
              {t("signOutAll")}
            </Button>
          </Popconfirm>
        )}
      </div>
      {entry.devices.length === 0 && <p className="gx-3 gx-s13">{t("devicesNone")}</p>}
      {entry.devices.length > 0 && (
        <ul className={styles.list}>
          {entry.devices.map((device) => (
            <li key={device.id}>
              <Icon as={MonitorSmartphone} size={20} className="gx-3" />
              <div className={styles.grow}>
                <div>
                  <b title={device.agent}>{deviceName(device.agent)}</b>
                </div>
                <span className="gx-3 gx-s12">
                  {device.ip} · {format.dateTime(device.signed_in_at)}
                </span>
              </div>
            </li>
          ))}
        </ul>
      )}
      <div style={heading}>
        <h3 style={{ fontSize: "var(--gx-fs-14)" }}>{t("history")}</h3>
      </div>
      {entry.sign_ins.length === 0 && <p className="gx-3 gx-s13">{t("historyNone")}</p>}
      <SignInList rows={entry.sign_ins} mine={false} />
    </>
  );
}
