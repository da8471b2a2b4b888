-- This name lets nobody in any more.
delete from credential
where user_name = :user_name
