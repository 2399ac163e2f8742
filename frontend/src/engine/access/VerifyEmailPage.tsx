import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { AccessLayout } from "./AccessLayout";
import { loadConfig, verifyEmail } from "./allauth";
import { accessMessages } from "./locales";
import { useEnter } from "./useEnter";

/** Where the link in the confirmation mail leads. */
export function VerifyEmailPage() {
  const t = accessMessages.useT();
  const { key = "" } = useParams();
  const navigate = useNavigate();
  const enter = useEnter();
  // A query, so that rendering twice confirms once.
  const verified = useQuery({
    queryKey: ["verify-email", key],
    queryFn: async () => {
      await loadConfig();
      return verifyEmail(key);
    },
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const step = verified.data?.step;
  useEffect(() => {
    if (step === "done") void enter();
    else if (step) void navigate("/sign-in", { replace: true });
  }, [step, enter, navigate]);

  if (!verified.isError) return <AccessLayout title={t("verifyLink.working")} />;
  return (
    <AccessLayout
      title={t("verifyLink.bad")}
      body={t("verifyLink.badBody")}
      foot={<Link to="/sign-in">{t("reset.toSignIn")}</Link>}
    />
  );
}
