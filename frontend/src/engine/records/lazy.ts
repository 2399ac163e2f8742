/** What a record's pages open: loaded with the first opening, or while the browser is idle. */
import { lazyDialog, lazyPart } from "@/kit";

export const RecordForm = lazyDialog(async () => (await import("./RecordFormDrawer")).RecordFormDrawer);
export const RecordHistory = lazyDialog(async () => (await import("./HistoryDrawer")).HistoryDrawer);
export const RecordAccess = lazyDialog(async () => (await import("./access/AccessDrawer")).AccessDrawer);
export const FieldMark = lazyPart(async () => (await import("./FieldMark")).FieldMark);
export const FieldRhythm = lazyPart(async () => (await import("./FieldRhythm")).FieldRhythm);
export const ActionDialog = lazyPart(async () => (await import("./actions/ActionForm")).ActionForm);
export const ConsentCard = lazyPart(async () => (await import("../privacy/ConsentCard")).ConsentCard);
export const RecordOnPhone = lazyPart(async () => (await import("./phone/PhoneRecord")).PhoneRecord);
