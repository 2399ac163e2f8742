import { useMutation } from "@tanstack/react-query";
import { App, Button, Input, Upload } from "antd";
import { FileUp } from "lucide-react";
import { useState } from "react";
import { api } from "@/api";
import { Icon, useProblem } from "@/kit";
import styles from "../settings.module.css";
import { ssoMessages } from "./sso-messages";

interface Props {
  onFound: (config: Record<string, string>) => void;
}

/** Fills the form from a provider's metadata: its address, its text, or a file. */
export function SsoMetadata({ onFound }: Props) {
  const t = ssoMessages.useT();
  const { message } = App.useApp();
  const say = useProblem();
  const [given, setGiven] = useState("");
  const read = useMutation({
    mutationFn: (text: string) =>
      api.post<{ config: Record<string, string> }>(
        "/sso-metadata",
        text.trimStart().startsWith("<") ? { xml: text } : { url: text.trim() },
      ),
    onSuccess: ({ config }) => {
      onFound(config);
      setGiven("");
      void message.success(t("metadataRead"));
    },
    onError: (error) => say(error),
  });
  return (
    <div style={{ marginBottom: 24 }}>
      <label htmlFor="sso-metadata" style={{ display: "block", marginBottom: 8, fontSize: "var(--gx-fs-13)" }}>
        {t("metadata")}
      </label>
      <Input.TextArea
        id="sso-metadata"
        autoSize={{ minRows: 1, maxRows: 5 }}
        placeholder="https://… / <EntityDescriptor …>"
        spellCheck={false}
        value={given}
        onChange={(event) => setGiven(event.target.value)}
      />
      <div className={styles.once} style={{ marginTop: 8 }}>
        <Button disabled={!given.trim()} loading={read.isPending} onClick={() => read.mutate(given)}>
          {t("metadataFill")}
        </Button>
        <Upload
          accept=".xml,application/samlmetadata+xml,text/xml"
          showUploadList={false}
          beforeUpload={(file) => {
            void file.text().then((text) => read.mutate(text.replace(/^\uFEFF/, "")));
            return false;
          }}
        >
          <Button type="text" icon={<Icon as={FileUp} />}>
            {t("metadataFile")}
          </Button>
        </Upload>
      </div>
      <p className="gx-3 gx-s12" style={{ marginTop: 8 }}>
        {t("metadataHint")}
      </p>
    </div>
  );
}
