/**
 * Cards that domains add above the fields of a record. A domain calls `addRecordCard` when the router is made, with a
 * part that loads when it is shown; pages ask for those of their object.
 */
import type { ComponentType } from "react";
import type { ObjectSchema, RecordData } from "@/api/types";

export interface RecordCard {
  key: string;
  object: string;
  Card: ComponentType<{ object: ObjectSchema; record: RecordData }>;
}

const cards: RecordCard[] = [];

export function addRecordCard(card: RecordCard): void {
  if (!cards.some((known) => known.key === card.key)) cards.push(card);
}

export const cardsFor = (object: ObjectSchema): RecordCard[] => cards.filter((card) => card.object === object.key);
