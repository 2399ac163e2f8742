import { Form, Input } from "antd";
import type { ReactNode } from "react";
import { accessMessages } from "./locales";

/** The few inputs that every page before the door shares, with the browser's own autofill names. */
export function EmailField({ autoFocus = false, disabled = false }: { autoFocus?: boolean; disabled?: boolean }) {
  const t = accessMessages.useT();
  const rules = disabled
    ? []
    : [
        { required: true, message: t("required.email") },
        { type: "email" as const, message: t("required.emailShape") },
      ];
  return (
    <Form.Item name="email" label={t("email")} rules={rules} validateTrigger="onBlur">
      <Input
        size="large"
        type="email"
        autoComplete="username"
        inputMode="email"
        autoFocus={autoFocus}
        disabled={disabled}
      />
    </Form.Item>
  );
}

export function PasswordField({ fresh = false, label }: { fresh?: boolean; label?: ReactNode }) {
  const t = accessMessages.useT();
  return (
    <Form.Item
      name="password"
      label={label ?? t(fresh ? "newPassword" : "password")}
      extra={fresh ? t("passwordHint") : undefined}
      rules={[{ required: true, message: t("required.password") }]}
      validateTrigger="onBlur"
    >
      <Input.Password size="large" autoComplete={fresh ? "new-password" : "current-password"} />
    </Form.Item>
  );
}

export function NameField({ autoFocus = false }: { autoFocus?: boolean }) {
  const t = accessMessages.useT();
  return (
    <Form.Item
      name="name"
      label={t("name")}
      rules={[{ required: true, whitespace: true, message: t("required.name") }]}
      validateTrigger="onBlur"
    >
      <Input size="large" autoComplete="name" maxLength={100} autoFocus={autoFocus} />
    </Form.Item>
  );
}

export function WorkspaceField({ autoFocus = false }: { autoFocus?: boolean }) {
  const t = accessMessages.useT();
  return (
    <Form.Item
      name="workspace_name"
      label={t("workspaceName")}
      rules={[{ required: true, whitespace: true, message: t("required.workspace") }]}
      validateTrigger="onBlur"
    >
      <Input size="large" autoComplete="organization" maxLength={100} autoFocus={autoFocus} />
    </Form.Item>
  );
}
