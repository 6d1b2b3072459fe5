import type { Metadata } from "next";
import { StoreTeam } from "./store-team";

export const metadata: Metadata = { title: "Team" };

export default function StoreTeamPage() {
  return <StoreTeam />;
}
