import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Input, Modal } from "antd";
import { useState } from "react";
import { api } from "@/api/http";
import { problemText } from "@/kit";
import { duplicatesMessages } from "./messages";

export interface Wanted {
  object: string;
  ref: string;
  q?: string;
  values?: Record<string, unknown>;
}

interface Props {
  wanted: Wanted;
  onSent: () => void;
  onClose: () => void;
}

/** Asks whoever has the record for it. */
export function RequestDialog({ wanted, onSent, onClose }: Props) {
  const t = duplicatesMessages.useT();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [why, setWhy] = useState("");
  const send = useMutation({
    mutationFn: () => api.post("/duplicates/requests", { ...wanted, message: why.trim() }),
    onSuccess: () => {
      message.success(t("request_sent"));
      void client.invalidateQueries({ queryKey: ["record-requests"] });
      onSent();
      onClose();
    },
  });
  return (
    <Modal
      open
      title={t("request_title")}
      okText={t("request_send")}
      confirmLoading={send.isPending}
      onOk={() => send.mutate()}
      onCancel={onClose}
      width={440}
    >
      <p className="gx-2" style={{ marginBottom: 10 }}>
        {t("request_body")}
      </p>
      <Input.TextArea
        autoFocus
        value={why}
        onChange={(event) => setWhy(event.target.value)}
        maxLength={500}
        autoSize={{ minRows: 3, maxRows: 6 }}
        placeholder={t("request_message")}
        aria-label={t("request_message")}
      />
      {send.error && (
        <p className="gx-bad gx-s12" role="alert">
          {problemText(send.error)}
        </p>
      )}
    </Modal>
  );
}
