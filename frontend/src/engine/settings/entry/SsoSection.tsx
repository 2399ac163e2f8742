import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Dropdown, Skeleton, Switch } from "antd";
import { Ellipsis, Plus, ShieldCheck } from "lucide-react";
import { useState } from "react";
import { api } from "@/api";
import { Chip, Icon, useProblem } from "@/kit";
import { Section } from "../parts/Section";
import styles from "../settings.module.css";
import { CertificateChip } from "./CertificateChip";
import { SsoDialog, SsoDomains } from "./lazy";
import { SsoRules } from "./SsoRules";
import { ssoMessages } from "./sso-messages";
import { SSO_KEY, SSO_PATH, type SsoConnection, type SsoConnections } from "./sso-model";

/** The firm's own ways in: which providers, for whom, and whether there is any other. */
export function SsoSection() {
  const t = ssoMessages.useT();
  const [edited, setEdited] = useState<{ kind: string; row?: SsoConnection } | null>(null);
  const ways = useQuery({
    queryKey: SSO_KEY,
    queryFn: ({ signal }) => api.get<SsoConnections>(SSO_PATH, { signal }),
  });
  const kinds = ways.data?.kinds ?? [];
  const label = (kind: string) => kinds.find((one) => one.kind === kind)?.label ?? kind;
  const add =
    kinds.length === 1 ? (
      <Button icon={<Icon as={Plus} />} onClick={() => setEdited({ kind: kinds[0]?.kind ?? "" })}>
        {t("add")}
      </Button>
    ) : (
      <Dropdown
        trigger={["click"]}
        menu={{
          items: kinds.map((one) => ({ key: one.kind, label: one.label })),
          onClick: ({ key }) => setEdited({ kind: key }),
        }}
      >
        <Button icon={<Icon as={Plus} />}>{t("add")}</Button>
      </Dropdown>
    );
  return (
    <Section title={t("title")} body={t("body")} action={kinds.length > 0 && add}>
      {!ways.data && <Skeleton active title={false} paragraph={{ rows: 2 }} />}
      {ways.data?.data.length === 0 && <p className="gx-3 gx-s13">{t("none")}</p>}
      {ways.data && ways.data.data.length > 0 && (
        <>
          <ul className={styles.list}>
            {ways.data.data.map((row) => (
              <Way key={row.id} row={row} kind={label(row.kind)} onEdit={() => setEdited({ kind: row.kind, row })} />
            ))}
          </ul>
          <p className="gx-3 gx-s12" style={{ marginTop: 8, overflowWrap: "anywhere" }}>
            {t("page", { url: ways.data.sign_in_page })}
          </p>
          {ways.data.domains.length > 0 && <SsoDomains rows={ways.data.domains} />}
          <SsoRules canDemand={ways.data.data.some((row) => row.is_on)} />
        </>
      )}
      {edited && (
        <SsoDialog
          kind={kinds.find((one) => one.kind === edited.kind)}
          row={edited.row}
          onClose={() => setEdited(null)}
        />
      )}
    </Section>
  );
}

function Way({ row, kind, onEdit }: { row: SsoConnection; kind: string; onEdit: () => void }) {
  const t = ssoMessages.useT();
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const say = useProblem();
  // Sign-in goes on as long as one certificate does.
  const ends = row.certificates
    .map((one) => one.until)
    .sort()
    .at(-1);
  const settled = () => client.invalidateQueries({ queryKey: SSO_KEY });
  const turn = useMutation({
    mutationFn: (is_on: boolean) => api.patch(`${SSO_PATH}/${row.id}`, { is_on }),
    onError: (error) => say(error),
    onSettled: settled,
  });
  const check = useMutation({
    mutationFn: () => api.post(`${SSO_PATH}/${row.id}/check`, {}),
    onSuccess: () => message.success(t("checked")),
    onError: (error) => say(error),
  });
  const remove = useMutation({
    mutationFn: () => api.delete(`${SSO_PATH}/${row.id}`),
    onError: (error) => say(error),
    onSettled: settled,
  });
  const act: Record<string, () => void> = {
    edit: onEdit,
    check: () => check.mutate(),
    remove: () =>
      void modal.confirm({
        title: t("removeAsk", { name: row.label }),
        content: t("removeBody"),
        okText: t("remove"),
        okButtonProps: { danger: true },
        onOk: () => remove.mutateAsync().catch(() => undefined),
      }),
  };
  return (
    <li>
      <Icon as={ShieldCheck} size={20} className="gx-3" />
      <div className={styles.grow}>
        <div>
          <b className="gx-cut">{row.label}</b>
          <Chip>{kind}</Chip>
          {ends && <CertificateChip until={ends} />}
        </div>
        <span className="gx-3 gx-s12">
          {[t("people", { count: row.people }), row.domains.join(", ")].filter(Boolean).join(" · ")}
        </span>
      </div>
      <Switch
        size="small"
        checked={row.is_on}
        loading={turn.isPending}
        onChange={(on) => turn.mutate(on)}
        aria-label={t("turn", { name: row.label })}
      />
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            { key: "edit", label: t("edit") },
            { key: "check", label: t("check") },
            { key: "remove", label: t("remove"), danger: true },
          ],
          onClick: ({ key }) => act[key]?.(),
        }}
      >
        <Button
          type="text"
          icon={<Icon as={Ellipsis} />}
          loading={check.isPending}
          aria-label={t("actions", { name: row.label })}
        />
      </Dropdown>
    </li>
  );
}
