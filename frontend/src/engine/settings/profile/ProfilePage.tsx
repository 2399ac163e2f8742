import { useMutation } from "@tanstack/react-query";
import { App, Button, Form, Input, Segmented } from "antd";
import { LogOut } from "lucide-react";

import { useMe, useUpdateMe } from "@/api";
import { useSignOut } from "@/engine/access/useSignOut";
import { switchLocale } from "@/i18n";
import { Icon, kitMessages, setThemeChoice, usePageTitle, useProblem } from "@/kit";
import { lazyPart } from "@/kit/lazy-part";
import { settingsMessages } from "../locales";
import { Section } from "../parts/Section";
import { useEntry } from "../security/BoundNotice";
import styles from "../settings.module.css";
import { useSettingsText } from "../useSettingsText";
import { PasswordForm } from "./PasswordForm";

const AbsenceSection = lazyPart(async () => (await import("../absence/AbsenceSection")).AbsenceSection);

export function ProfilePage() {
  const t = settingsMessages.useT();
  const sections = useSettingsText();
  const kit = kitMessages.useT();
  const { user } = useMe();
  const update = useUpdateMe();
  const { message } = App.useApp();
  const say = useProblem();
  const signOut = useSignOut();
  const entry = useEntry();
  const [form] = Form.useForm<{ name: string }>();
  usePageTitle(sections("sections.profile"));
  const save = useMutation({
    mutationFn: (values: { name: string }) => update.mutateAsync(values),
    onSuccess: () => message.success(t("saved")),
    onError: (error) => say(error, form),
  });
  return (
    <>
      <Section title={sections("sections.profile")} body={t("profile.body")}>
        <Form
          form={form}
          layout="vertical"
          className={styles.form}
          requiredMark={false}
          initialValues={{ name: user.name, email: user.email }}
          onFinish={({ name }) => save.mutate({ name })}
        >
          <Form.Item
            name="name"
            label={t("profile.name")}
            rules={[{ required: true, whitespace: true, message: t("required") }]}
          >
            <Input maxLength={100} autoComplete="name" />
          </Form.Item>
          <Form.Item name="email" label={t("profile.email")} extra={t("profile.emailHint")}>
            <Input disabled />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {kit("save")}
          </Button>
        </Form>
      </Section>
      <AbsenceSection />
      <Section title={t("profile.language")}>
        <Segmented
          aria-label={t("profile.language")}
          value={user.locale}
          onChange={(locale) => {
            void switchLocale(locale);
            update.mutate({ locale });
          }}
          options={[
            { value: "zh-CN" as const, label: "中文" },
            { value: "en" as const, label: "English" },
          ]}
        />
      </Section>
      <Section title={t("profile.theme")}>
        <Segmented
          aria-label={t("profile.theme")}
          value={user.theme}
          onChange={(theme) => {
            setThemeChoice(theme);
            update.mutate({ theme });
          }}
          options={(["light", "dark", "system"] as const).map((value) => ({
            value,
            label: t(`profile.themes.${value}`),
          }))}
        />
      </Section>
      {!entry.data?.single_sign_on && <PasswordForm />}
      <Section title={t("profile.signOut")} body={t("profile.signOutBody")}>
        <Button icon={<Icon as={LogOut} />} onClick={() => signOut.mutate()}>
          {t("profile.signOut")}
        </Button>
      </Section>
    </>
  );
}
