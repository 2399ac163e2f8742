import { Modal, Slider } from "antd";
import { useState } from "react";
import { useFormat } from "@/kit";
import { useT } from "./messages";
import { useCounted, useMergeAll } from "./queries";

interface Props {
  object: string;
  open: boolean;
  onClose: () => void;
}

/** Merging every group from a score on; the count is shown first and must still hold when it starts. */
export function BulkMerge({ object, open, onClose }: Props) {
  const t = useT();
  const format = useFormat();
  const [percent, setPercent] = useState(98);
  const [asked, setAsked] = useState(98);
  const counted = useCounted(object, asked / 100, open);
  const merge = useMergeAll(object, onClose);
  const clusters = counted.data?.clusters ?? 0;
  return (
    <Modal
      open={open}
      title={t("bulk")}
      onCancel={onClose}
      cancelText={t("cancel")}
      okText={t("bulk_do", { n: format.number(clusters) })}
      okButtonProps={{ disabled: clusters === 0 || counted.isFetching, loading: merge.isPending, danger: true }}
      onOk={() => merge.mutate({ threshold: asked / 100, expect: clusters })}
      destroyOnHidden
    >
      <p>{t("bulk_body")}</p>
      <p id="finder-from">
        {t("bulk_from")} <b>{percent}%</b>
      </p>
      <Slider
        min={80}
        max={100}
        value={percent}
        onChange={setPercent}
        onChangeComplete={setAsked}
        ariaLabelledByForHandle="finder-from"
      />
      <p aria-live="polite">
        {counted.data && clusters === 0 && t("bulk_none")}
        {counted.data &&
          clusters > 0 &&
          t("bulk_count", {
            clusters: format.number(clusters),
            records: format.number(counted.data.records),
            removed: format.number(counted.data.removed),
          })}
      </p>
    </Modal>
  );
}
