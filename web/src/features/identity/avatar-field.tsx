"use client";

import { ImageUp, Trash2 } from "lucide-react";
import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { api, body_of } from "@/lib/api/client";
import { picture_body, picture_fault, PICTURE_TYPES } from "@/lib/api/picture";
import { sentence_of } from "@/lib/api/problem";
import { accept_user } from "@/lib/auth/session";
import { useUser } from "@/lib/auth/use-session";
import { Button } from "@/ui/button";
import { Avatar } from "@/ui/surfaces";
import { toast } from "@/ui/toast";

/** The picture beside one's name. */
export function AvatarField() {
  const user = useUser();
  const chooser = useRef<HTMLInputElement>(null);
  const upload = useMutation({
    mutationFn: (file: File) => body_of(api.PUT("/api/v1/me/avatar", picture_body(file))),
    onSuccess: (changed) => {
      accept_user(changed);
      toast("success", "Picture saved");
    },
    onError: (fault) => toast("danger", "The picture was not saved", sentence_of(fault)),
  });
  const remove = useMutation({
    mutationFn: () => body_of(api.DELETE("/api/v1/me/avatar")),
    onSuccess: accept_user,
    onError: (fault) => toast("danger", "The picture is still there", sentence_of(fault)),
  });
  if (!user) return null;

  const choose = (file: File | undefined) => {
    if (!file) return;
    const fault = picture_fault(file);
    if (fault) toast("danger", "The picture was not sent", fault);
    else upload.mutate(file);
  };

  return (
    <div className="flex flex-wrap items-center gap-4">
      <Avatar name={user.name} image_url={user.avatar_url} className="size-20 text-2xl" />
      <input
        ref={chooser}
        type="file"
        accept={PICTURE_TYPES.join(",")}
        className="sr-only"
        aria-label="Picture file"
        tabIndex={-1}
        onChange={(event) => {
          choose(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      <Button look="outline" busy={upload.isPending} onClick={() => chooser.current?.click()}>
        <ImageUp aria-hidden /> {user.avatar_url ? "Change picture" : "Add a picture"}
      </Button>
      {user.avatar_url && (
        <Button look="quiet" busy={remove.isPending} onClick={() => remove.mutate()}>
          <Trash2 aria-hidden /> Remove picture
        </Button>
      )}
    </div>
  );
}
