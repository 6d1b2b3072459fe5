"use client";

import { Confirm } from "@/ui/confirm";
import { CopyLine } from "@/ui/copy-line";
import { Loaded, refused } from "@/ui/loaded";
import { Card } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { useInvite, useRenewInvite } from "./host-queries";

/** The link that lets people into a private show, and a new one where the old has gone too far. */
export function InviteLink({ stream_id }: { stream_id: string }) {
  const invite = useInvite(stream_id);
  const renew = useRenewInvite(stream_id);
  return (
    <Card className="grid gap-3 p-5">
      <h2 className="text-lg">Only who has this link gets in</h2>
      <Loaded query={invite} loading="Loading the link" className="h-11">
        {({ path }) => (
          <>
            <CopyLine label="Link to this show" text={`${window.location.origin}${path}`} />
            <div>
              <Confirm
                label="Make a new link"
                title="Make a new link?"
                description="The old one lets nobody in any more. Who watches already stays."
                action="Make a new link"
                busy={renew.isPending}
                on_confirm={() =>
                  renew.mutate(undefined, {
                    onSuccess: () => toast("success", "The link is new"),
                    onError: refused("The link is still the old one"),
                  })
                }
              />
            </div>
          </>
        )}
      </Loaded>
    </Card>
  );
}
