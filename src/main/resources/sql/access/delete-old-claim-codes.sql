-- Claim codes that ended long ago are forgotten; the audit knows who made them and who used them.
delete from claim_code
where expires_at < :before
