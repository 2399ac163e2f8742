import { Button, InputNumber } from "antd";
import { Plus, X } from "lucide-react";
import { Icon } from "@/kit";
import styles from "../targets.module.css";
import { useT } from "./messages";
import type { Band, RuleBody } from "./model";

interface Props {
  bands: Band[];
  basis: RuleBody["basis"];
  money: boolean;
  onChange: (bands: Band[]) => void;
}

/** Where each band begins and what it pays. */
export function BandsEdit({ bands, basis, money, onChange }: Props) {
  const t = useT();
  const put = (index: number, patch: Partial<Band>) =>
    onChange(bands.map((band, at) => (at === index ? { ...band, ...patch } : band)));
  return (
    <div className={styles.label}>
      {t("bands")}
      {bands.map((band, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bands have nothing else to be told apart by
        <div key={index} className={styles.band}>
          <InputNumber
            min={0}
            prefix={t("band_from")}
            suffix={basis === "attainment" ? "%" : undefined}
            aria-label={`${t("band_from")} ${index + 1}`}
            value={Number(band.from)}
            onChange={(from) => put(index, { from: from ?? 0 })}
          />
          <InputNumber
            min={0}
            max={money ? 100 : undefined}
            prefix={t(money ? "band_rate" : "band_each")}
            suffix={money ? "%" : undefined}
            aria-label={`${t("band_rate")} ${index + 1}`}
            value={Number(band.rate)}
            onChange={(rate) => put(index, { rate: rate ?? 0 })}
          />
          <Button
            type="text"
            icon={<Icon as={X} />}
            aria-label={t("band_remove")}
            disabled={bands.length === 1}
            onClick={() => onChange(bands.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <div>
        <Button size="small" icon={<Icon as={Plus} />} onClick={() => onChange([...bands, { from: 0, rate: 0 }])}>
          {t("band_add")}
        </Button>
      </div>
    </div>
  );
}
