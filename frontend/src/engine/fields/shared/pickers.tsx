/** Who can be chosen: people, teams, records. Each asks the server for a page of what matches. */
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type { LinkRef, Member, Page, RecordData, Ref, SearchHit, Team } from "@/api/types";
import { Avatar, Logo } from "@/kit";
import type { Choice, PickerSource } from "./AsyncPicker";
import { learnName } from "./names";
import { searchText } from "./search-text";

export const people: PickerSource = {
  key: (text) => [...keys.members({ q: text, limit: 20 }), "pick"],
  load: async (text, signal) => {
    const page = await api.get<Page<Member>>("/members", { query: { q: text, limit: 20 }, signal });
    return page.data.filter((member) => member.status !== "disabled").map(personChoice);
  },
};

function personChoice(member: Member): Choice {
  learnName(member.id, member.name);
  return {
    id: member.id,
    title: member.name,
    subtitle: member.team?.name ?? member.email,
    icon: <Avatar id={member.id} name={member.name} />,
  };
}

export const teams: PickerSource = {
  key: (text) => [...keys.teams, "pick", text],
  load: async (text, signal) => {
    const { data } = await api.get<Page<Team>>("/teams", { signal });
    const name = new Map(data.map((team) => [team.id, team.name]));
    for (const team of data) learnName(team.id, team.name);
    return data
      .filter((team) => searchText(team.name).includes(searchText(text)))
      .slice(0, 50)
      .map((team) => ({ id: team.id, title: team.name, subtitle: team.parent ? name.get(team.parent) : null }));
  },
};

export const recordsOf = (object: string): PickerSource => ({
  key: (text) => [...keys.search(text, object), "pick"],
  load: (text, signal) => (text ? searchRecords(object, text, signal) : recentRecords(object, signal)),
});

async function searchRecords(object: string, text: string, signal: AbortSignal): Promise<Choice[]> {
  const query = { q: text, objects: object, limit: 20 };
  const found = await api.get<{ data: SearchHit[] }>("/search", { query, signal });
  return found.data.map((hit) => recordChoice(hit.id, hit.title, hit.subtitle));
}

async function recentRecords(object: string, signal: AbortSignal): Promise<Choice[]> {
  const query = { sort: "-updated_at", limit: 10, count: false };
  const page = await api.get<Page<RecordData>>(`/${object}`, { query, signal });
  return page.data.map((record) => recordChoice(record.id, record.title, record.owner?.name ?? null));
}

function recordChoice(id: string, title: string, subtitle: string | null): Choice {
  learnName(id, title);
  return { id, title, subtitle, icon: <Logo name={title} /> };
}

export const choiceOfRef = (ref: Ref | null | undefined): Choice | null =>
  ref ? { id: ref.id, title: ref.name } : null;
export const refOfChoice = (choice: Choice | null): Ref | null =>
  choice ? { id: choice.id, name: choice.title } : null;
export const choiceOfLink = (link: LinkRef): Choice => ({ id: link.id, title: link.title });
export const linkOfChoice = (choice: Choice, object: string): LinkRef => ({
  id: choice.id,
  title: choice.title,
  object,
});
