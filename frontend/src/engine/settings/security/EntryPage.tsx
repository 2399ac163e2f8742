import { useQueryClient } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { keys } from "@/api";
import { useSignOut } from "@/engine/access/useSignOut";
import { entryMessages } from "../entry/messages";
import { PasswordForm } from "../profile/PasswordForm";
import { FirmWays } from "./FirmWays";
import { PasskeySection } from "./PasskeySection";
import { TotpSection } from "./TotpSection";

export type Demand = "single_sign_on_required" | "second_factor_required" | "password_expired" | "network_not_allowed";

/** What the workspace asks for before it lets somebody in who has signed in: nothing else can be reached. */
export function EntryPage({ demand }: { demand: Demand }) {
  const t = entryMessages.useT();
  const client = useQueryClient();
  const signOut = useSignOut();
  const text = {
    single_sign_on_required: t("mustSso"),
    second_factor_required: t("mustFactor"),
    password_expired: t("mustPassword"),
    network_not_allowed: t("mustNetwork"),
  }[demand];
  return (
    <main style={{ maxWidth: 720, margin: "0 auto", padding: "32px 16px", overflowY: "auto", height: "100dvh" }}>
      <Alert type="warning" showIcon title={t("must")} description={text} style={{ marginBottom: 20 }} />
      {demand === "second_factor_required" && (
        <>
          <TotpSection />
          <PasskeySection />
        </>
      )}
      {demand === "password_expired" && <PasswordForm />}
      {demand === "single_sign_on_required" && <FirmWays />}
      <div style={{ display: "flex", gap: 8, marginTop: 20 }}>
        <Button
          type="primary"
          onClick={() => {
            void client.resetQueries({ queryKey: keys.me });
            void client.resetQueries({ queryKey: keys.schema });
          }}
        >
          {t("goOn")}
        </Button>
        <Button onClick={() => signOut.mutate()} loading={signOut.isPending}>
          {t("signOut")}
        </Button>
      </div>
    </main>
  );
}
