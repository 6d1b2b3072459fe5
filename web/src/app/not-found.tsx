import { Page } from "@/ui/shell/page";
import { TopBar } from "@/ui/shell/top-bar";
import { NothingHere } from "@/ui/nothing-here";

export default function NotFound() {
  return (
    <>
      <TopBar home_href="/" />
      <Page narrow>
        <NothingHere />
      </Page>
    </>
  );
}
