import type { AddressValue } from "@/api/types";

const HAN = /\p{Script=Han}/u;

/** 广东省中山市小榄镇工业大道中 38 号: Chinese from large to small, others as the server wrote them. */
export function addressText(value: AddressValue): string {
  if (value.text) return value.text;
  const parts = [value.province, value.city === value.province ? "" : value.city, value.district, value.street].filter(
    Boolean,
  );
  return HAN.test(parts.join("")) ? parts.join("") : parts.reverse().join(", ");
}
