import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Radio, Select, Skeleton } from "antd";
import { api, keys, type Workspace } from "@/api";
import { kitMessages, usePageTitle, useProblem } from "@/kit";
import { settingsMessages } from "../locales";
import { Section } from "../parts/Section";
import styles from "../settings.module.css";
import { useSettingsText } from "../useSettingsText";

const CURRENCIES = [
  "CNY",
  "USD",
  "EUR",
  "HKD",
  "JPY",
  "GBP",
  "TWD",
  "SGD",
  "KRW",
  "AUD",
  "CAD",
  "CHF",
  "THB",
  "MYR",
  "VND",
  "INR",
];

type Values = Pick<Workspace, "name" | "time_zone" | "currency" | "locale" | "member_scope">;

export function WorkspacePage() {
  const t = settingsMessages.useT();
  const sections = useSettingsText();
  usePageTitle(sections("sections.workspace"));
  const workspace = useQuery({
    queryKey: keys.workspace,
    queryFn: ({ signal }) => api.get<Workspace>("/workspace", { signal }),
  });
  return (
    <Section title={sections("sections.workspace")} body={t("workspace.body")}>
      {workspace.data ? (
        <WorkspaceForm workspace={workspace.data} />
      ) : (
        <Skeleton active title={false} paragraph={{ rows: 8 }} />
      )}
    </Section>
  );
}

function WorkspaceForm({ workspace }: { workspace: Workspace }) {
  const t = settingsMessages.useT();
  const kit = kitMessages.useT();
  const client = useQueryClient();
  const { message } = App.useApp();
  const say = useProblem();
  const [form] = Form.useForm<Values>();
  const save = useMutation({
    mutationFn: (values: Values) => api.patch<Workspace>("/workspace", values),
    onSuccess: async () => {
      message.success(t("saved"));
      // Today, money and names everywhere follow the workspace.
      await Promise.all([
        client.invalidateQueries({ queryKey: keys.workspace }),
        client.invalidateQueries({ queryKey: keys.me }),
      ]);
    },
    onError: (error) => say(error, form),
  });
  const { name, time_zone, currency, locale, member_scope } = workspace;
  return (
    <Form
      form={form}
      layout="vertical"
      className={styles.form}
      requiredMark={false}
      initialValues={{ name, time_zone, currency, locale, member_scope }}
      onFinish={(values) => save.mutate(values)}
    >
      <Form.Item
        name="name"
        label={t("workspace.name")}
        rules={[{ required: true, whitespace: true, message: t("required") }]}
      >
        <Input maxLength={100} autoComplete="organization" />
      </Form.Item>
      <div className={styles.two}>
        <Form.Item name="time_zone" label={t("workspace.timeZone")}>
          <Select showSearch options={zones(time_zone).map((zone) => ({ value: zone, label: zone }))} />
        </Form.Item>
        <Form.Item name="currency" label={t("workspace.currency")} extra={t("workspace.currencyHint")}>
          <Select
            showSearch
            options={[...new Set([currency, ...CURRENCIES])].map((code) => ({ value: code, label: code }))}
          />
        </Form.Item>
      </div>
      <Form.Item name="locale" label={t("workspace.locale")} extra={t("workspace.localeHint")}>
        <Select
          options={[
            { value: "zh-CN", label: "中文" },
            { value: "en", label: "English" },
          ]}
        />
      </Form.Item>
      <Form.Item name="member_scope" label={t("workspace.memberScope")} extra={t("workspace.scopeHint")}>
        <Radio.Group
          options={[
            { value: "own", label: t("workspace.scopeOwn") },
            { value: "team", label: t("workspace.scopeTeam") },
          ]}
        />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {kit("save")}
      </Button>
    </Form>
  );
}

/** The current one first, so that it is there even where the browser names it differently. */
function zones(current: string): string[] {
  return [
    ...new Set([
      current,
      "Asia/Shanghai",
      "Asia/Hong_Kong",
      "Asia/Taipei",
      "Asia/Singapore",
      ...Intl.supportedValuesOf("timeZone"),
      "UTC",
    ]),
  ];
}
