import { useMutation } from "@tanstack/react-query";
import { Form, Input, Modal } from "antd";
import { type ReactNode, useRef, useState } from "react";
import { allauth, type Envelope, type Flow } from "@/engine/access/allauth";
import { useProblem } from "@/kit";
import { settingsMessages } from "../locales";

interface Fresh {
  /** Runs the call; where the server first wants to know that it is really us, asks and runs it again. */
  run: <D>(call: () => Promise<Envelope<D>>) => Promise<Envelope<D> | null>;
  dialog: ReactNode;
}

/** Changing the way one signs in needs a recent proof. Null from `run` means the person cancelled. */
export function useFreshSession(): Fresh {
  const t = settingsMessages.useT();
  const [flows, setFlows] = useState<Flow[] | null>(null);
  const settle = useRef<(proved: boolean) => void>(undefined);
  const say = useProblem();
  const [form] = Form.useForm<{ proof: string }>();
  const byCode =
    flows !== null &&
    !flows.some((flow) => flow.id === "reauthenticate") &&
    flows.some((flow) => flow.id === "mfa_reauthenticate");

  const close = (proved: boolean) => {
    setFlows(null);
    form.resetFields();
    settle.current?.(proved);
  };
  const prove = useMutation({
    mutationFn: ({ proof }: { proof: string }) =>
      byCode
        ? allauth("POST", "/auth/2fa/reauthenticate", { code: proof })
        : allauth("POST", "/auth/reauthenticate", { password: proof }),
    onSuccess: () => close(true),
    onError: (error) => {
      say(error);
      form.resetFields();
    },
  });

  const run = async <D,>(call: () => Promise<Envelope<D>>): Promise<Envelope<D> | null> => {
    const answer = await call();
    if (answer.status !== 401) return answer;
    const proved = await new Promise<boolean>((resolve) => {
      settle.current = resolve;
      setFlows((answer.data as { flows?: Flow[] } | undefined)?.flows ?? []);
    });
    return proved ? call() : null;
  };

  const dialog = (
    <Modal
      open={flows !== null}
      title={t("security.reauth")}
      okText={t("security.confirm")}
      okButtonProps={{ loading: prove.isPending }}
      onOk={form.submit}
      onCancel={() => close(false)}
      width={400}
      destroyOnHidden
    >
      <p className="gx-2">{t("security.reauthBody")}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => prove.mutate(values)}>
        <Form.Item
          name="proof"
          label={t(byCode ? "security.reauthCode" : "security.reauthPassword")}
          rules={[{ required: true, message: t("required") }]}
        >
          {byCode ? (
            <Input autoFocus autoComplete="one-time-code" />
          ) : (
            <Input.Password autoFocus autoComplete="current-password" />
          )}
        </Form.Item>
      </Form>
    </Modal>
  );
  return { run, dialog };
}
