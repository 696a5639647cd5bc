package bench_test

// What `fill` makes people of: a watch has one of 40 first names and of 400 last names, and one of 8 people is assigned to it.
const (
	commonWords = "lee park"   // of whom an eighth of the watches is
	rareWords   = "ana rivera" // an ana, joana, liana or adriana in ten, and a rivera in 400
)

// fill makes firms of a hundred watches each, the first with so many more, with names, tags, cases and conflicts as different as people's.
func (o *office) fill(firms, more int) {
	o.Helper()
	o.addFirms(firms, "token")
	o.addWatches(firms, watchesPerFirm)
	o.enlarge(more)
	execute(o.B, o.db, `
		UPDATE watches w SET first_name = initcap(v.first), last_name = initcap(v.last), sort_first = v.first, sort_last = v.last,
			assigned_to = initcap(v.assigned), assigned_fold = v.assigned, tags = v.tags, tag_folds = v.tags,
			status = CASE WHEN v.n % 20 = 0 THEN 'ARCHIVED' ELSE 'ACTIVE' END,
			priority_level = CASE WHEN v.n % 10 = 0 THEN 'HIGH' ELSE 'NORMAL' END,
			case_number = left(w.case_number, 5) || '-' || initcap(v.last),
			search_text = v.first || ' ' || v.last || ' ' || left(w.case_number, 5) || '-' || v.last || ' ' || v.assigned
		FROM (
			SELECT id, n,
				(ARRAY['ana','joana','liana','adriana','lee','kim','sam','max','ida','eva','noah','emma','liam','mia','lucas','zoe','ethan','nora','owen','ruth',
					'hugo','alma','otto','vera','ivan','irma','felix','tessa','oscar','paula','victor','wanda','xavier','yvonne','zachary','bianca','carl','dora','erik',
					'fiona'])[1 + n % 40] AS first,
				(ARRAY['riv','mar','gar','lop','san','dia','fer','tor','ram','cru','mor','ort','gut','cha','rey','her','med','agu','var','cas'])[1 + n / 40 % 20]
				|| (ARRAY['era','tinez','cia','ez','chez','ales','nandez','res','irez','zon','eno','iga','ierrez','vera','nolds','rera','ina','ilar','gas','tillo'])
					[1 + n / 800 % 20] AS last,
				(ARRAY['lee park','kim osei','sam diaz','ida novak','max weber','eva lind','noah king','zoe blum'])[1 + n / 16000 % 8] AS assigned,
				CASE WHEN n % 3 = 0 THEN ARRAY['tag' || n / 3 % 50] ELSE '{}' END AS tags
			FROM (SELECT id, hashtext(id) & 2147483647 AS n FROM watches) hashed
		) v WHERE v.id = w.id`)
	execute(o.B, o.db, `
		INSERT INTO sync_conflicts (id, firm_id, watch_id, field, local, clio, detected_at)
		SELECT replace(id, 'watch', 'conflict'), firm_id, id, 'CITY', 'Tampa', 'Miami', now() FROM watches WHERE hashtext(id) % 33 = 0`)
	execute(o.B, o.db, "VACUUM FULL watches, clio_links") // as if they had been written so
	settle(o.B, o.db)
}
