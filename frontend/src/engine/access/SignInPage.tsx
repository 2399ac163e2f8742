import { useMutation } from "@tanstack/react-query";
import { App, Button, Form } from "antd";
import { KeyRound } from "lucide-react";
import { useEffect, useState } from "react";
import { Link, Navigate, useSearchParams } from "react-router";
import { api } from "@/api";
import { Icon, useProblem } from "@/kit";
import { AccessLayout } from "./AccessLayout";
import styles from "./access.module.css";
import { type Outcome, signIn } from "./allauth";
import { EmailField, PasswordField } from "./fields";
import { accessMessages } from "./locales";
import { MfaForm } from "./MfaForm";
import { passkeysSupported, signInWithPasskey } from "./passkeys";
import { FirmForm, SsoButtons, SsoNotice, useFirm, useSignInWays } from "./SsoWays";
import { demoAccountOf, useAuthConfig, useSetup } from "./setup-state";
import { ssoMessages } from "./sso-messages";
import { useEnter } from "./useEnter";

interface Values {
  email: string;
  password: string;
}

export function SignInPage() {
  const t = accessMessages.useT();
  const [form] = Form.useForm<Values>();
  const [params] = useSearchParams();
  const { message } = App.useApp();
  const say = useProblem();
  const goOn = useEnter();
  const setup = useSetup();
  const config = useAuthConfig();
  const [next, setNext] = useState<Outcome | null>(null);
  const sso = ssoMessages.useT();
  const ways = useSignInWays(useFirm()).data;
  const linking = params.get("sso") === "link";
  const [byPassword, setByPassword] = useState(linking);

  // Who came without an address says here, by signing in on this very page, that it was them.
  const enter = async () => {
    if (linking && !params.get("email")) {
      await api.post("/me/sso-link", {}).then(
        () => message.success(sso("linked")),
        (error) => say(error),
      );
    }
    await goOn();
  };
  const proceed = (outcome: Outcome) => (outcome.step === "done" ? enter() : setNext(outcome));
  const password = useMutation({ mutationFn: signIn, onSuccess: proceed, onError: (error) => say(error, form) });
  const passkey = useMutation({
    mutationFn: signInWithPasskey,
    onSuccess: proceed,
    onError: () => message.info(t("passkeyFailed")),
  });

  const expired = params.has("next");
  useEffect(() => {
    if (expired) form.getFieldInstance("email")?.focus();
  }, [expired, form]);

  if (setup.data?.needs_setup) return <Navigate to="/setup" replace />;
  if (next?.step === "mfa") return <MfaForm types={next.types} onDone={enter} onBack={() => setNext(null)} />;
  if (next?.step === "verify_email") {
    return (
      <AccessLayout title={t("verify.title")} body={t("verify.body", { email: form.getFieldValue("email") ?? "" })} />
    );
  }

  const demo = demoAccountOf(setup.data);
  const query = params.size > 0 ? `?${params}` : "";
  const after = params.get("next") ?? "/";
  const folded = ways?.sso_only === true && !byPassword && !linking;
  return (
    <AccessLayout
      title={ways ? sso("title", { workspace: ways.workspace }) : t("signIn.title")}
      foot={
        <>
          {!ways && <FirmForm />}
          {setup.data?.sign_up_open && <Link to={`/sign-up${query}`}>{t("signIn.toSignUp")}</Link>}
        </>
      }
    >
      <SsoNotice />
      {ways && !linking && <SsoButtons ways={ways} next={after} />}
      {ways && !linking && <div className={styles.or}>{t("signIn.or")}</div>}
      {folded ? (
        <Button type="text" block onClick={() => setByPassword(true)}>
          {sso("byPassword")}
        </Button>
      ) : (
        <>
          <Form
            form={form}
            layout="vertical"
            requiredMark={false}
            initialValues={{ email: params.get("email") ?? "" }}
            onFinish={(values) => password.mutate(values)}
          >
            <EmailField autoFocus />
            <PasswordField
              label={
                <span className={styles.labelRow}>
                  {t("password")}
                  <Link to="/reset" tabIndex={0}>
                    {t("signIn.forgot")}
                  </Link>
                </span>
              }
            />
            <Button type="primary" htmlType="submit" size="large" block loading={password.isPending}>
              {t("signIn.submit")}
            </Button>
          </Form>
          {passkeysSupported() && config.data?.mfa?.passkey_login_enabled !== false && (
            <>
              <div className={styles.or}>{t("signIn.or")}</div>
              <Button
                size="large"
                block
                icon={<Icon as={KeyRound} />}
                loading={passkey.isPending}
                onClick={() => passkey.mutate()}
              >
                {t("signIn.passkey")}
              </Button>
            </>
          )}
        </>
      )}
      {demo && (
        <section className={styles.demo} aria-labelledby="demo-title">
          <h2 id="demo-title">{t("signIn.demo")}</h2>
          <p>{t("signIn.demoHint")}</p>
          <dl>
            <dt>{t("email")}</dt>
            <dd>{demo.email}</dd>
            <dt>{t("password")}</dt>
            <dd>{demo.password}</dd>
          </dl>
          <Button onClick={() => password.mutate(demo)} loading={password.isPending}>
            {t("signIn.demoUse")}
          </Button>
        </section>
      )}
    </AccessLayout>
  );
}
