import { formatPhone } from "@/kit";
import type { ReadProps } from "../contract";
import { useT } from "../messages";

export function Read({ value, place }: ReadProps<string>) {
  const t = useT();
  const shown = formatPhone(value);
  return (
    <a
      href={`tel:${value}`}
      title={t("call", { number: shown })}
      tabIndex={place === "cell" ? -1 : undefined}
      onClick={(event) => event.stopPropagation()}
    >
      {shown}
    </a>
  );
}
