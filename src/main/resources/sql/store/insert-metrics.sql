-- Notes where the metrics of a shape are.
insert into metric (name, shape_id, path)
select member.value, shape.id, '$[' || member.key || ']'
from shape, json_each(shape.names) as member
where shape.id = :shape_id
