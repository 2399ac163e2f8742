import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Typography } from "antd";
import { useProblem } from "@/kit";
import { Section } from "../parts/Section";
import { requestsMessages } from "./messages";
import { linkOf, type SubjectRequest, useStep } from "./model";
import styles from "./requests.module.css";

/** The person's data as a file, and the link by which they fetch it. */
export function CopyStep({ request }: { request: SubjectRequest }) {
  const t = requestsMessages.useT();
  const say = useProblem();
  const client = useQueryClient();
  const step = useStep(request);
  const link = useMutation({
    mutationFn: () => linkOf(request),
    onSuccess: () => client.invalidateQueries({ queryKey: ["requests", request.id] }),
    onError: (error) => say(error),
  });
  const copy = request.copies[0];
  const { records = 0, files = 0 } = copy?.counts ?? {};
  return (
    <Section wide title={t("act")} body={t("copy_body")}>
      {copy?.status === "queued" && <p className="gx-3">{t("copy_making")}</p>}
      {copy?.status === "ready" && <p>{t("copy_ready", { records, files })}</p>}
      {copy?.status === "fetched" && <p>{t("copy_fetched")}</p>}
      {link.data && (
        <Alert
          type="info"
          title={t("link_once")}
          description={<Typography.Text copyable>{link.data.url}</Typography.Text>}
        />
      )}
      <div className={styles.ask}>
        <Button disabled={!request.verified} loading={step.isPending} onClick={() => step.mutate({ verb: "copy" })}>
          {t("copy")}
        </Button>
        {copy?.status === "ready" && (
          <Button type="primary" loading={link.isPending} onClick={() => link.mutate()}>
            {t("link")}
          </Button>
        )}
      </div>
    </Section>
  );
}
