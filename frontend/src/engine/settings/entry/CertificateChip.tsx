import { Chip } from "@/kit";
import { ssoMessages } from "./sso-messages";

const DAY = 24 * 3600 * 1000;

/** Says that a certificate ends soon, or has; nothing while there is time. */
export function CertificateChip({ until }: { until: string }) {
  const t = ssoMessages.useT();
  const days = Math.floor((Date.parse(until) - Date.now()) / DAY);
  if (days > 30) return null;
  return (
    <Chip tone={days < 0 ? "bad" : "warn"}>
      {days < 0 ? t("certificateOver") : t("certificateSoon", { count: days })}
    </Chip>
  );
}
