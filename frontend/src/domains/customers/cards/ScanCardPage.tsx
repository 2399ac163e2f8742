/** A business card becomes a contact and a customer: photo or vCard in, values beside the image, saved by the person. */
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Segmented, Upload } from "antd";
import { ScanText } from "lucide-react";
import { useState } from "react";
import { api } from "@/api/http";
import { Icon, PageHeader, problemText, usePageTitle } from "@/kit";
import { CardReview } from "./CardReview";
import styles from "./cards.module.css";
import { cardMessages } from "./locales";
import type { Scan } from "./scan";

const ACCEPT = "image/jpeg,image/png,image/webp,.vcf,text/vcard";

export function ScanCardPage() {
  const t = cardMessages.useT();
  usePageTitle(t("title"));
  const [file, setFile] = useState<File>();
  const [index, setIndex] = useState(0);
  const scan = useMutation({
    mutationFn: (given: File) => {
      const body = new FormData();
      body.append("file", given);
      return api.post<Scan>("/cards/scan", body);
    },
  });
  const read = (given: File) => {
    setFile(given);
    setIndex(0);
    scan.mutate(given);
    return false;
  };
  const card = scan.data?.cards[index];
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={
          card && (
            <Upload accept={ACCEPT} showUploadList={false} beforeUpload={read}>
              <Button>{t("again")}</Button>
            </Upload>
          )
        }
      />
      <div className={styles.page}>
        {!card && (
          <Upload.Dragger
            accept={ACCEPT}
            multiple={false}
            showUploadList={false}
            disabled={scan.isPending}
            beforeUpload={read}
          >
            <div className={styles.drop}>
              <Icon as={ScanText} size={24} />
              <b aria-live="polite">{scan.isPending ? t("reading") : t("drop")}</b>
              <p className="gx-3">{t("kinds")}</p>
              <span className={styles.take}>{t("take")}</span>
            </div>
          </Upload.Dragger>
        )}
        {scan.isError && <Alert type="error" showIcon title={problemText(scan.error)} />}
        {scan.data && scan.data.cards.length > 1 && (
          <Segmented
            className={styles.which}
            value={index}
            onChange={setIndex}
            options={scan.data.cards.slice(0, 20).map((_, i) => ({ value: i, label: t("which", { n: i + 1 }) }))}
          />
        )}
        {card && file && (
          <CardReview key={`${file.name}-${index}`} card={card} file={file} isPhoto={scan.data?.source !== "vcard"} />
        )}
      </div>
    </>
  );
}
