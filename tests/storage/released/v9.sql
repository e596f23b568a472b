PRAGMA application_id = 1347571019;
PRAGMA user_version = 9;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'pressmark','first_tables','2026-11-23 04:58:45.314708+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'pressmark','blind_mode','2026-11-23 04:58:45.315328+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'pressmark','codebook_revisions','2026-11-23 04:58:45.315571+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'pressmark','article_states','2026-11-23 04:58:45.316039+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'pressmark','registries','2026-11-23 04:58:45.322506+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'pressmark','search_index','2026-11-23 04:58:45.323426+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'pressmark','tallies','2026-11-23 04:58:45.330024+00:00');
INSERT INTO "_sqlite_migrations" VALUES(8,'pressmark','history','2026-11-23 04:58:45.330518+00:00');
INSERT INTO "_sqlite_migrations" VALUES(9,'pressmark','dictionary','2026-11-23 04:58:45.330792+00:00');
CREATE TABLE annotator_tally (
        annotator TEXT NOT NULL,
        number INTEGER NOT NULL REFERENCES article (number),
        records INTEGER NOT NULL CHECK (records >= 0),
        PRIMARY KEY (annotator, number)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "annotator_tally" VALUES('anna',1,5);
INSERT INTO "annotator_tally" VALUES('bodo',2,1);
CREATE TABLE argument (
        relation_id TEXT NOT NULL REFERENCES relation (id) DEFERRABLE INITIALLY DEFERRED,
        position INTEGER NOT NULL CHECK (position >= 0),
        role TEXT NOT NULL,
        span_id TEXT NOT NULL REFERENCES span (id) DEFERRABLE INITIALLY DEFERRED,
        PRIMARY KEY (relation_id, position)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "argument" VALUES('019b8d4f-0000-7000-8000-000000000021',0,'claim','019b8d4f-0000-7000-8000-000000000013');
INSERT INTO "argument" VALUES('019b8d4f-0000-7000-8000-000000000021',1,'source','019b8d4f-0000-7000-8000-000000000011');
INSERT INTO "argument" VALUES('019b8d4f-0000-7000-8000-000000000021',2,'cue','019b8d4f-0000-7000-8000-000000000012');
CREATE TABLE article (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        outlet TEXT NOT NULL,
        authors TEXT NOT NULL,
        published TEXT NOT NULL,
        language TEXT NOT NULL,
        url TEXT NOT NULL,
        section TEXT NOT NULL,
        source_file TEXT NOT NULL,
        imported_at TEXT NOT NULL,
        imported_by TEXT NOT NULL,
        sha256 TEXT NOT NULL UNIQUE,
        length INTEGER NOT NULL CHECK (length >= 0),
        words TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "article" VALUES(1,'019b8d4f-0000-7000-8000-000000000001','Ilse Varga said th','Halvik Post','["M. Aas","J. Ødegård"]','2026-01-04','en','','','','2026-01-05T08:00:00.000Z','anna','ebbd0c8a959582b9f0ca5458802fe2cc67b661b00133d17b789abb701c9fa163',77,'ilse varga said th
halvik post
m. aas
j. ødegård
');
INSERT INTO "article" VALUES(2,'019b8d4f-0000-7000-8000-000000000002','Brückenamt: „Die B','','[]','','de','','','','2026-01-05T08:00:00.000Z','anna','a89aa65c8cc5f82278bc087c5e67d98b07d8098c3a1be3c05a8bf9d7c7e1193c',48,'brückenamt: „die b

');
INSERT INTO "article" VALUES(3,'019b8d4f-0000-7000-8000-000000000003','Nothing is said ab','','[]','','','','','','2026-01-05T08:00:00.000Z','anna','823ac44d8aa3d4605432d73fc46463855f2d480c6f38782750d7b3eeadcc0775',35,'nothing is said ab

');
CREATE TABLE article_state (
        number INTEGER PRIMARY KEY REFERENCES article (number),
        status TEXT NOT NULL CHECK (status IN ('new', 'started', 'complete')),
        pending INTEGER NOT NULL CHECK (pending IN (0, 1))
    ) STRICT
    ;
INSERT INTO "article_state" VALUES(1,'started',1);
INSERT INTO "article_state" VALUES(2,'complete',0);
INSERT INTO "article_state" VALUES(3,'new',0);
CREATE TABLE article_text (
        number INTEGER PRIMARY KEY REFERENCES article (number),
        text TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "article_text" VALUES(1,'Ilse Varga said the bridge would stay shut. 😀 Tomas Oren denied it on Friday.');
INSERT INTO "article_text" VALUES(2,'Brückenamt: „Die Brücke bleibt zu“, sagte Varga.');
INSERT INTO "article_text" VALUES(3,'Nothing is said about this one yet.');
CREATE VIRTUAL TABLE article_trigrams USING fts5(title, outlet, authors, section, source_file, text, content='spaceless_article', content_rowid='number', tokenize='trigram');
DELETE FROM article_trigrams_config;
INSERT INTO "article_trigrams_config" VALUES('version',4);
DELETE FROM article_trigrams_data;
INSERT INTO "article_trigrams_data" VALUES(1,X'');
INSERT INTO "article_trigrams_data" VALUES(10,X'00000000000000');
DELETE FROM article_trigrams_docsize;
DELETE FROM article_trigrams_idx;
CREATE VIRTUAL TABLE article_words USING fts5(title, outlet, authors, section, source_file, text, content='indexed_article', content_rowid='number', prefix='1 2 3', tokenize='unicode61 remove_diacritics 2');
DELETE FROM article_words_config;
INSERT INTO "article_words_config" VALUES('version',4);
DELETE FROM article_words_data;
INSERT INTO "article_words_data" VALUES(1,X'030B020400001C');
INSERT INTO "article_words_data" VALUES(10,X'000000000101010001010101');
INSERT INTO "article_words_data" VALUES(137438953473,X'0000044E0430616173010601020302016203020503036F7574030601050501016202020402056C656962740206010505020572696467650106010506030475636B65020601050407046E616D74020802010502010664656E696564010601050C020269650208030105030106667269646179010601050F010668616C76696B01060101020104696C7365010802010502020173030803010503020174010601050D01016A010601020401016D010601020201076E6F7468696E6703080201050201026F6E010601050E0301650306010507020372656E010601050B0104706F7374010601010301057361677465020601050703026964010804010504020804010504020368757401060105090203746179010601050801027468010205030165010601050503026973030601050602046F6D6173010601050A0105766172676101080301050301060105080105776F756C6401060105070103796574030601050801027A7502060105060108C3B864656761726401060102050002316101060102030208050105050101620106010506010E02040105020403010164010601050C010803010503010166010601050F0101680106010102010169010A020105020D02080301050301016A010601020401016D010601020201016E03080201050201016F010801050B0502060105070101700106010103010173010C0401050406030106010507010804010504010174010A0501050507020601050601017601080301050301060105080101770106010507010179030601050801017A02060105060102C3B80106010205000332616101060102030201620308050105050102626C02060105050201720106010506010A020105020401026465010601050C02016902080301050301026672010601050F0102686101060101020102696C010802010502020173030803010503020174010601050D01026E6F03080201050201026F6E010601050E0206010507020172010601050B0102706F01060101030102736101080401050401060105070108040105040201680106010509020174010601050801027468010805010505020601050602016F010601050A0102766101080301050301060105080102776F010601050701027965030601050801027A7502060105060103C3B864010601020500043361617301060102030202626F03060105050103626C650206010505020272690106010506030175020A0201050204010364656E010601050C020269650208030105030103667269010601050F010368616C01060101020103696C7301080201050201036E6F7403080201050201036F6E65030601050702027265010601050B0103706F7301060101030103736167020601050703016901080401050402080401050402026875010601050902027461010601050801037468650106010505030169030601050602026F6D010601050A010376617201080301050301060105080103776F750106010507010379657403060105080104C3B864650106010205040A060A060C0C0B0C0D0A0D0D0C090808080F09080A0B0C100A0A0708090B120C0A090F0F110E0808100808090E08160F0E080808090A09090F090909090A09080A0E08091508080F080F0909090A0B090A090A0A0A0A0A0B0B0A090A0A0F09090A0809100A0A');
DELETE FROM article_words_docsize;
INSERT INTO "article_words_docsize" VALUES(1,X'04020400000E');
INSERT INTO "article_words_docsize" VALUES(2,X'030000000007');
INSERT INTO "article_words_docsize" VALUES(3,X'040000000007');
DELETE FROM article_words_idx;
INSERT INTO "article_words_idx" VALUES(1,X'',2);
CREATE TABLE blind_article (
            article_id TEXT NOT NULL PRIMARY KEY REFERENCES article (id),
            annotator TEXT NOT NULL,
            since TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        ;
CREATE TABLE change (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        title TEXT NOT NULL,
        article_id TEXT NOT NULL,
        annotator TEXT NOT NULL,
        at TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('edit', 'undo', 'redo', 'machine')),
        target INTEGER REFERENCES change (seq),
        state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped')),
        removed TEXT NOT NULL,
        added TEXT NOT NULL,
        CHECK ((kind IN ('undo', 'redo')) = (target IS NOT NULL))
    ) STRICT
    ;
INSERT INTO "change" VALUES(1,'019b8d4f-0000-7000-8000-000000000036','Add Ilse Varga','019b8d4f-0000-7000-8000-000000000001','anna','2026-01-05T08:00:00.000Z','edit',NULL,'done','[]','[{"record":"entry","id":"019b8d4f-0000-7000-8000-000000000051","registry":"source","name":"Ilse Varga","annotator":"anna","created_at":"2026-01-05T08:00:00.000Z","modified_at":"2026-01-05T08:00:00.000Z","aliases":["Varga"],"facts":{"role":"engineer"},"confidential":true}]');
INSERT INTO "change" VALUES(2,'019b8d4f-0000-7000-8000-000000000032','Tag','019b8d4f-0000-7000-8000-000000000001','anna','2026-01-05T08:00:00.000Z','edit',NULL,'done','[]','[{"record":"span","id":"019b8d4f-0000-7000-8000-000000000011","article_id":"019b8d4f-0000-7000-8000-000000000001","layer":"discourse","label":"SOURCE","fragments":[[0,10]],"quotation":["Ilse Varga"],"annotator":"anna","origin":"manual","codebook_version":1,"created_at":"2026-01-05T08:00:00.000Z","modified_at":"2026-01-05T08:00:00.000Z","attributes":{"naming":"named"},"entry_id":"019b8d4f-0000-7000-8000-000000000051"},{"record":"span","id":"019b8d4f-0000-7000-8000-000000000012","article_id":"019b8d4f-0000-7000-8000-000000000001","layer":"discourse","label":"CUE","fragments":[[11,15]],"quotation":["said"],"annotator":"anna","origin":"manual","codebook_version":1,"created_at":"2026-01-05T08:00:00.000Z","modified_at":"2026-01-05T08:00:00.000Z"},{"record":"span","id":"019b8d4f-0000-7000-8000-000000000013","article_id":"019b8d4f-0000-7000-8000-000000000001","layer":"discourse","label":"CLAIM","fragments":[[16,42]],"quotation":["the bridge would stay shut"],"annotator":"anna","origin":"manual","codebook_version":1,"created_at":"2026-01-05T08:00:00.000Z","modified_at":"2026-01-05T08:00:00.000Z","note":"Checked"}]');
INSERT INTO "change" VALUES(3,'019b8d4f-0000-7000-8000-000000000033','Link','019b8d4f-0000-7000-8000-000000000001','anna','2026-01-05T08:00:00.000Z','edit',NULL,'done','[]','[{"record":"relation","id":"019b8d4f-0000-7000-8000-000000000021","article_id":"019b8d4f-0000-7000-8000-000000000001","label":"ATTRIBUTION","arguments":[{"role":"claim","span":"019b8d4f-0000-7000-8000-000000000013"},{"role":"source","span":"019b8d4f-0000-7000-8000-000000000011"},{"role":"cue","span":"019b8d4f-0000-7000-8000-000000000012"}],"annotator":"anna","origin":"manual","codebook_version":1,"created_at":"2026-01-05T08:00:00.000Z","modified_at":"2026-01-05T08:00:00.000Z"}]');
INSERT INTO "change" VALUES(4,'019b8d4f-0000-7000-8000-000000000034','Tag SOURCE','019b8d4f-0000-7000-8000-000000000001','anna','2026-01-05T08:00:00.000Z','edit',NULL,'done','[]','[{"record":"span","id":"019b8d4f-0000-7000-8000-000000000014","article_id":"019b8d4f-0000-7000-8000-000000000001","layer":"discourse","label":"SOURCE","fragments":[[46,56]],"quotation":["Tomas Oren"],"annotator":"anna","origin":"manual","codebook_version":1,"created_at":"2026-01-05T08:00:00.000Z","modified_at":"2026-01-05T08:00:00.000Z"}]');
INSERT INTO "change" VALUES(5,'019b8d4f-0000-7000-8000-000000000035','Note','019b8d4f-0000-7000-8000-000000000001','anna','2026-01-05T08:00:00.000Z','edit',NULL,'undone','[{"record":"span","id":"019b8d4f-0000-7000-8000-000000000014","article_id":"019b8d4f-0000-7000-8000-000000000001","layer":"discourse","label":"SOURCE","fragments":[[46,56]],"quotation":["Tomas Oren"],"annotator":"anna","origin":"manual","codebook_version":1,"created_at":"2026-01-05T08:00:00.000Z","modified_at":"2026-01-05T08:00:00.000Z"}]','[{"record":"span","id":"019b8d4f-0000-7000-8000-000000000014","article_id":"019b8d4f-0000-7000-8000-000000000001","layer":"discourse","label":"SOURCE","fragments":[[46,56]],"quotation":["Tomas Oren"],"annotator":"anna","origin":"manual","codebook_version":1,"created_at":"2026-01-05T08:00:00.000Z","modified_at":"2026-01-05T08:01:00.000Z","note":"Who?"}]');
INSERT INTO "change" VALUES(6,'019b8d4f-0000-7000-8000-000000000035','Note','019b8d4f-0000-7000-8000-000000000001','anna','2026-01-05T08:00:00.000Z','undo',5,'done','[]','[]');
CREATE TABLE codebook (
        version INTEGER PRIMARY KEY CHECK (version >= 1),
        content TEXT NOT NULL,
        created_at TEXT NOT NULL,
        annotator TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "codebook" VALUES(1,'{"name":"Claims, sources and events","definition":"For news texts: who says what, in which words, about which events, and which named things, places, times and numbers are involved.","layers":[{"name":"entity","title":"Named entities","definition":"Every name, date and number, at its full length and wherever it stands; the labels are the eighteen of OntoNotes.","drawn":"tint"},{"name":"discourse","title":"Claims and sources","definition":"Who says what: the claim, the words for the one who makes it, and the words that tie the two together.","drawn":"lane"},{"name":"event","title":"Events","definition":"What happened, may happen or was denied, marked on the word that names it.","drawn":"lane"}],"labels":[{"layer":"entity","name":"PERSON","title":"Person","tag":"PER","color":"#D07700","key":"1","definition":"A person or fictional character by name, without title or function; initials and nicknames count, pronouns and bare functions do not.","example":"Prime Minister [Ilse Varga] met [Tomas Oren]."},{"layer":"entity","name":"ORG","title":"Organisation","tag":"ORG","color":"#31A2FB","key":"2","definition":"A company, authority, party, court, union, club or outlet by name. A ministry is ORG; the state that it belongs to is GPE.","example":"[The Halvik Courier] saw a letter from [the Ministry of Transport]."},{"layer":"entity","name":"GPE","title":"State or town","tag":"GPE","color":"#12A983","key":"3","definition":"A country, region or town that has a government of its own, also where its name stands for that government or its people.","example":"[Orlund] closed the crossing at [Halvik]."},{"layer":"entity","name":"NORP","title":"Nationality or group","tag":"NORP","color":"#88351E","key":"4","definition":"A nationality, religion or political tendency, mostly as an adjective. The party itself as an organisation is ORG.","example":"Two [Orlundic] drivers and a [Conservative] councillor."},{"layer":"entity","name":"DATE","title":"Date","tag":"DATE","color":"#E2D63E","key":"5","definition":"A day or anything longer, absolute or relative; age counts too. Take the whole expression, without a leading preposition.","example":"The bridge closed on [12 February], [two weeks] before the vote."},{"layer":"entity","name":"LOC","title":"Place","tag":"LOC","color":"#9BD58B","key":"6","definition":"A named place without a government: river, sea, mountain, coast, part of a continent, part of the world.","example":"The ice on [the Lower Senn] is thinning."},{"layer":"entity","name":"CARDINAL","title":"Number","tag":"NUM","color":"#A19FB2","key":"7","definition":"A count that no other numeric label claims, with the words that make it vaguer or firmer.","example":"[More than 200] people and [seven] dogs."},{"layer":"entity","name":"MONEY","title":"Money","tag":"MON","color":"#528143","key":"8","definition":"An amount of money with its currency, sign or word, and with the words that qualify it.","example":"The repair will cost [about 40 million crowns]."},{"layer":"entity","name":"EVENT","title":"Named event","tag":"NEV","color":"#973D76","key":"9","definition":"An event that has a name of its own: a war, storm, fair, championship, commemoration. What merely happens is marked in the event layer.","example":"Visitors came for [the Harbour Fair]."},{"layer":"entity","name":"FAC","title":"Building or structure","tag":"FAC","color":"#1F6F5C","definition":"A named building, bridge, road, station, airport or other thing that was built.","example":"Lorries queue on [the Maren Bridge]."},{"layer":"entity","name":"PRODUCT","title":"Product","tag":"PROD","color":"#7B9FD4","definition":"A named thing that is made or sold: vehicle, ship, weapon, device, food, programme. Services are not products.","example":"The crane is a [Titan 400]."},{"layer":"entity","name":"WORK_OF_ART","title":"Title of a work","tag":"ART","color":"#CC79A7","definition":"The title of a book, song, film, painting, programme or report.","example":"He sang “[The Ferryman’s Daughter]”."},{"layer":"entity","name":"LAW","title":"Law","tag":"LAW","color":"#7E4FA3","definition":"A law, treaty or other legal text by its name, or a numbered part of one.","example":"[The Waterways Act] does not apply."},{"layer":"entity","name":"LANGUAGE","title":"Language","tag":"LANG","color":"#D9A3C7","definition":"A language by name. As the name of a people the same word is NORP.","example":"The notice was in [Tessarian] only."},{"layer":"entity","name":"TIME","title":"Time of day","tag":"TIME","color":"#C9BE5A","definition":"A time or stretch of time shorter than a day.","example":"Traffic stopped for [three hours] at [dawn]."},{"layer":"entity","name":"PERCENT","title":"Percentage","tag":"PCT","color":"#6E6E6E","definition":"A percentage with its sign or word, and with the words that qualify it.","example":"Tolls rose by [almost 12 per cent]."},{"layer":"entity","name":"QUANTITY","title":"Measurement","tag":"QTY","color":"#5A6480","definition":"A number with a unit of measurement: distance, weight, speed, temperature, volume.","example":"Vehicles above [7.5 tonnes] must turn back."},{"layer":"entity","name":"ORDINAL","title":"Ordinal","tag":"ORD","color":"#A8A8B8","definition":"A number that gives a place in an order.","example":"It is the [third] closure this year."},{"layer":"discourse","name":"CLAIM","title":"Claim","tag":"CLM","color":"#0064C0","key":"C","discontinuous":true,"nests_in_itself":true,"definition":"The content that somebody puts forward, at full length, with its quotation marks and a leading “that”, without source and cue. Use fragments where source and cue interrupt it; a claim inside a claim gets a span of its own.","example":"[The bridge], the mayor said, [is safe].","attributes":[{"name":"voice","title":"Voice","type":"choice","definition":"Who stands behind the claim. Ask whether the text gives it to somebody; if so, the claim needs an ATTRIBUTION.","default":"attributed","values":[{"name":"attributed","definition":"The text names or points to a source: there is a SOURCE span to link.","example":"The mayor said [the bridge is safe]."},{"name":"author","definition":"The outlet says it in its own voice, with no source in sight.","example":"[The bridge has been closed since Monday.]"},{"name":"implicit_source","definition":"A cue or a passive shows that somebody said it, but no words of the text name who.","example":"[Two lanes are to reopen], it was announced on Friday."}]},{"name":"quote_type","title":"Kind of quotation","type":"choice","definition":"How the words of the source reach the reader. Decide by quotation marks first, by grammar second.","values":[{"name":"direct","definition":"All of it stands between quotation marks.","example":"[“We warned them twice,”] she said."},{"name":"indirect","definition":"Told in a clause of its own, in the outlet’s words, without quotation marks.","example":"She said [that they had been warned twice]."},{"name":"mixed","definition":"Told indirectly, with some of the source’s words between quotation marks.","example":"She called [the delay “a disgrace”]."},{"name":"reported","definition":"Only the speech act or its topic is told; no clause gives what was said.","example":"She criticised [the delay]."},{"name":"free_indirect","definition":"The source’s thoughts or words in the outlet’s sentence, with neither cue nor quotation marks in it.","example":"The minister was unmoved. [The money was simply not there.]"},{"name":"none","definition":"Not a quotation: the outlet’s own claim.","example":"[The bridge carries 9,000 vehicles a day.]"}]},{"name":"kind","title":"Kind of claim","type":"choice","definition":"What sort of thing is claimed. Where two fit, take the one that a fact-checker would have to check first.","values":[{"name":"fact","definition":"Something is, was, happened or exists; a number is not the point.","example":"[The inspectors found cracks in two piers.]"},{"name":"quantity","definition":"The point is a number, a comparison or a trend.","example":"[Traffic fell by a third.]"},{"name":"causal","definition":"One thing led to another, or prevented it.","example":"[The frost widened the cracks.]"},{"name":"prediction","definition":"Something will or may happen.","example":"[The bridge will stay shut until May.]"},{"name":"evaluation","definition":"Something is good, bad, large, unfair: a judgement that evidence alone does not settle.","example":"[It is the worst decision in decades.]"},{"name":"normative","definition":"Somebody should do something, or must not.","example":"[The state should pay for the ferry.]"},{"name":"question","definition":"A question, also a rhetorical one, that suggests an answer.","example":"[Who knew, and when?]"},{"name":"no_comment","definition":"A refusal to speak, or silence, told as such.","example":"The ministry [would not comment]."}]},{"name":"certainty","title":"Certainty","type":"choice","definition":"How sure the source of this claim presents itself, not how sure you are.","default":"certain","values":[{"name":"certain","definition":"Stated flatly, or with words such as “inevitably”.","example":"[The pier will give way], he said."},{"name":"probable","definition":"More likely than not: “likely”, “should be”, “appears to”.","example":"[The pier will probably give way], he said."},{"name":"possible","definition":"Left open: “may”, “could”, “perhaps”.","example":"[The pier could give way], he said."},{"name":"unspecified","definition":"The text gives no way to tell, for instance because only the topic is reported.","example":"He spoke about [the state of the pier]."}]},{"name":"polarity","title":"Polarity","type":"choice","definition":"Whether the claim says that something is so or that it is not. A negative word about a bad thing is still positive.","default":"positive","values":[{"name":"positive","definition":"It says that something is so.","example":"[The report was late.]"},{"name":"negative","definition":"It denies, or says that something is not so or did not happen.","example":"[There was no report], she said."}]},{"name":"conditional","title":"Conditional","type":"flag","definition":"Yes where the claim holds only under a condition that the text names, with “if”, “unless”, “should …” or the like: “[If the frost returns, the bridge will close again].”"},{"name":"checkworthy","title":"Worth checking","type":"choice","definition":"Whether a fact-checker should look at it. Ask first whether it can be checked at all, then whether readers would care.","values":[{"name":"not_factual","definition":"Opinion, wish, question, or anything that no evidence could settle.","example":"[The council has lost its way.]"},{"name":"unimportant","definition":"It can be checked, but nobody would want to.","example":"[The meeting began at nine.]"},{"name":"checkworthy","definition":"It can be checked, and it matters whether it is true.","example":"[The contract was never put out to tender.]"}]},{"name":"normalized","title":"In plain words","type":"text","definition":"The claim as one self-contained sentence, with pronouns and relative times resolved; write it where the wording of the text cannot stand alone."}]},{"layer":"discourse","name":"SOURCE","title":"Source","tag":"SRC","color":"#D55E00","key":"S","definition":"The words for whoever makes a claim, with title, function and apposition; pronouns count. Mark it only where a claim hangs on it.","example":"[Ilse Varga, the mayor of Halvik,] said the bridge is safe.","attributes":[{"name":"affiliation","title":"Affiliation","type":"choice","definition":"For whom the source speaks here. Decide by the function in which it is quoted, not by all that is known of it.","values":[{"name":"government","definition":"Head of state, government, ministry, authority, local administration, parliament as an institution.","example":"[The transport ministry] said …"},{"name":"political_party","definition":"A party, or a politician who speaks for one or for the opposition.","example":"[The leader of the Harbour List] said …"},{"name":"military_security","definition":"Armed forces, police, intelligence service, border guard, armed group.","example":"[A police spokesman] said …"},{"name":"corporate","definition":"A company, its staff when they speak for it, or a business association.","example":"[Senn Ferries] said …"},{"name":"ngo_igo","definition":"A charity, campaign, union, church or international organisation.","example":"[The dockers’ union] said …"},{"name":"academic_expert","definition":"A scholar, research institute or independent specialist.","example":"[Dr Lene Aas, an engineer at Halvik University,] said …"},{"name":"media","definition":"Another outlet, a news agency or a journalist.","example":"[The Northern Wire] reported …"},{"name":"citizen","definition":"Somebody without office who gives an opinion or speaks as a resident, customer or voter.","example":"[One commuter] said …"},{"name":"witness","definition":"Somebody who saw or heard what is told, and is quoted for that.","example":"[A fisherman who watched from the quay] said …"},{"name":"victim","definition":"Somebody whom the event harmed, or their family.","example":"[The injured driver] said …"},{"name":"other","definition":"Known, but none of these.","example":"[The bridge’s stonemason] said …"},{"name":"unclear","definition":"The text does not let you tell.","example":"[A person with knowledge of the talks] said …"}]},{"name":"role","title":"Part in the story","type":"choice","definition":"How the source relates to what the article is about.","values":[{"name":"participant","definition":"Acts in the events told, decides, or is directly hit by them.","example":"[The minister who closed the bridge] said …"},{"name":"representative","definition":"Speaks on behalf of somebody who does.","example":"[The minister’s spokeswoman] said …"},{"name":"informational","definition":"Stands outside and adds knowledge, figures or an assessment.","example":"[A bridge engineer] said …"}]},{"name":"naming","title":"Naming","type":"choice","definition":"Whether a reader could find out who spoke. Pronouns and short forms take the value of whom they stand for.","values":[{"name":"named","definition":"One person with a name.","example":"[Ilse Varga] said …"},{"name":"unnamed","definition":"One person without a name.","example":"[A senior official] said …"},{"name":"named_group","definition":"An organisation, body or group by name.","example":"[The port authority] said …"},{"name":"unnamed_group","definition":"Several people or bodies without a name.","example":"[Officials] said …"}]},{"name":"form","title":"Form","type":"choice","definition":"What speaks.","values":[{"name":"person","definition":"A person or several persons.","example":"[Her deputy] said …"},{"name":"organisation","definition":"A body that speaks as a whole.","example":"[The council] said …"},{"name":"document_data","definition":"A report, letter, statistic, law, recording or post.","example":"[The inspection report] says …"}]}],"registry":"source"},{"layer":"discourse","name":"CUE","title":"Cue","tag":"CUE","color":"#57553E","key":"Q","definition":"The words that hang a claim on its source: a verb with its auxiliaries, a noun, or “according to”. Leave out adverbs of time and the hearer.","example":"The mayor [has insisted] that the bridge is safe.","attributes":[{"name":"cue_type","title":"Kind of cue","type":"choice","definition":"What the cue says about the source’s stance.","default":"assertion","values":[{"name":"assertion","definition":"The source says or writes it.","example":"She [said] the bridge is safe."},{"name":"belief","definition":"The source thinks, hopes, doubts or fears it.","example":"She [fears] the bridge is not safe."},{"name":"fact","definition":"The source knows, learns or shows it; the outlet takes it as true.","example":"She [found out] that the bridge was not safe."},{"name":"intention","definition":"The source wants it, promises it, orders it or plans it.","example":"She [promised] to reopen the bridge."}]}]},{"layer":"event","name":"EVENT","title":"Event","tag":"EVT","color":"#B968A2","key":"E","discontinuous":true,"definition":"The shortest words that name what happens: a verb without its auxiliaries, with its particle, or a noun. Mark every mention, also planned, possible and denied ones. A verb of speaking counts only where saying it is the deed: “accused”, “promised”, but not “said”.","example":"Inspectors [shut] the bridge after the [collapse] of a railing.","attributes":[{"name":"class","title":"Class","type":"choice","definition":"What is done, by PLOVER’s sixteen classes. Take the most concrete one that fits; words and deeds have different classes.","values":[{"name":"agree","definition":"Says it is willing to cooperate: agrees, offers, promises. Future talks, support and aid belong here.","example":"Tessary [agreed] to send engineers."},{"name":"consult","definition":"Talks, visits and meets, in person or at a distance.","example":"The ministers [met] in Halvik."},{"name":"support","definition":"Backs, praises, recognises or ratifies, without anything material changing hands.","example":"Parliament [endorsed] the plan."},{"name":"concede","definition":"Gives way in words: announces a withdrawal, an easing, an amnesty, an apology.","example":"The ministry [apologised] to commuters."},{"name":"cooperate","definition":"Works or trades with another to the benefit of both.","example":"The two ports [share] a tug fleet."},{"name":"aid","definition":"Gives help that benefits the receiver: money, goods, rescue, shelter.","example":"Volunteers [handed out] blankets."},{"name":"retreat","definition":"Gives way in deeds: withdraws, releases, disarms, resigns, lets somebody in.","example":"The port director [resigned]."},{"name":"request","definition":"Asks, appeals, demands or orders, in words only.","example":"The union [called] for an inquiry."},{"name":"accuse","definition":"Blames, criticises, sues or investigates.","example":"The opposition [accused] the ministry of neglect."},{"name":"reject","definition":"Says no to a request, proposal or duty.","example":"The cabinet [turned down] the loan."},{"name":"threaten","definition":"Warns of harm that the speaker will do.","example":"The union [threatened] to block the port."},{"name":"protest","definition":"Acts together in public against somebody or something.","example":"Dockers [marched] through the town."},{"name":"sanction","definition":"Cuts or reduces relations, exchange or membership; convicts in court.","example":"The insurer [terminated] the contract."},{"name":"mobilize","definition":"Moves or readies police, troops or weapons without using force.","example":"Two patrol boats were [deployed]."},{"name":"coerce","definition":"Restricts, seizes, detains or represses without violence.","example":"Police [detained] four people."},{"name":"assault","definition":"Uses force that can hurt people or destroy property.","example":"Masked men [attacked] the toll house."},{"name":"other","definition":"None of these: accidents, weather, decisions within one body, economic change.","example":"A pier [cracked] in the frost."}]},{"name":"mode","title":"Mode","type":"choice","definition":"How it is done, within the class; leave it empty where no mode fits. Agree, support, concede, cooperate, aid and other have none.","values":[{"name":"visit","definition":"One side travels to the other, which hosts.","example":"The minister [visited] the Tessarian port.","only_with":{"class":["consult"]}},{"name":"third_party","definition":"Somebody else hosts or mediates the talks.","example":"Both sides [met] at the bishop’s invitation.","only_with":{"class":["consult"]}},{"name":"multilateral","definition":"Talks within an alliance or an international body.","example":"The river states [conferred] in Halvik.","only_with":{"class":["consult"]}},{"name":"phone","definition":"Talks by telephone, video or another remote medium.","example":"The two mayors [spoke by telephone].","only_with":{"class":["consult"]}},{"name":"withdraw","definition":"Pulls forces out of a place (retreat), or pulls itself, its aid or its staff out of a body or programme (sanction).","example":"The insurer [pulled out] of the fund.","only_with":{"class":["retreat","sanction"]}},{"name":"release","definition":"Sets captives free.","example":"Police [let go] all four men.","only_with":{"class":["retreat"]}},{"name":"disarm","definition":"Gives up weapons.","example":"The militia [handed in] its rifles.","only_with":{"class":["retreat"]}},{"name":"ceasefire","definition":"Stops fighting.","example":"Both sides have [stopped shooting].","only_with":{"class":["retreat"]}},{"name":"access","definition":"Lets observers, aid workers or other third parties in.","example":"The port [admitted] the inspectors.","only_with":{"class":["retreat"]}},{"name":"resign","definition":"Leaves an office.","example":"The port director [stepped down].","only_with":{"class":["retreat"]}},{"name":"assist","definition":"About help, exchange or relations: asked for (request) or refused (reject).","example":"The council [asked] for a ferry.","only_with":{"class":["request","reject"]}},{"name":"change","definition":"About a change of policy, staff or institutions: asked for or refused.","example":"The union [demanded] a new safety law.","only_with":{"class":["request","reject"]}},{"name":"yield","definition":"About a concession such as a release, an easing or a truce: asked for or refused.","example":"The ministry [refused] to lift the ban.","only_with":{"class":["request","reject"]}},{"name":"meet","definition":"About a meeting or talks: asked for or refused.","example":"The minister [declined] to receive them.","only_with":{"class":["request","reject"]}},{"name":"disapprove","definition":"Criticises, condemns or complains.","example":"The mayor [criticised] the delay.","only_with":{"class":["accuse"]}},{"name":"investigate","definition":"Looks into an alleged wrong: inquiry, inspection, probe.","example":"Prosecutors [are examining] the contract.","only_with":{"class":["accuse"]}},{"name":"allege","definition":"Says that somebody did wrong, informally or in court.","example":"She [alleged] that the report was hidden.","only_with":{"class":["accuse"]}},{"name":"restrict","definition":"Limits movement or political freedom: threatened (threaten) or done (coerce).","example":"Police [cordoned off] the quay.","only_with":{"class":["threaten","coerce"]}},{"name":"arrest","definition":"Detention: threatened, also by warrant (threaten), or done (coerce).","example":"Police [arrested] a foreman.","only_with":{"class":["threaten","coerce"]}},{"name":"relations","definition":"Threatens to break off relations or talks.","example":"Tessary [warned] it would leave the talks.","only_with":{"class":["threaten"]}},{"name":"expel","definition":"Exclusion of a body, a diplomat or a member: threatened (threaten) or done (sanction).","example":"The party [expelled] two councillors.","only_with":{"class":["threaten","sanction"]}},{"name":"territory","definition":"Threatens to take or hold land.","example":"The general [vowed] to take the island.","only_with":{"class":["threaten"]}},{"name":"violence","definition":"Threatens force.","example":"The caller [threatened] to burn the toll house.","only_with":{"class":["threaten"]}},{"name":"demo","definition":"Peaceful march, rally, vigil or other demonstration.","example":"Some 600 people [rallied] on the quay.","only_with":{"class":["protest"]}},{"name":"riot","definition":"Violent crowd that means to hurt or destroy.","example":"The crowd [rioted] until midnight.","only_with":{"class":["protest"]}},{"name":"strike","definition":"Leaves work in protest.","example":"Dockers [walked out] at noon.","only_with":{"class":["protest"]}},{"name":"hunger","definition":"Refuses food in protest.","example":"Two prisoners [began a hunger strike].","only_with":{"class":["protest"]}},{"name":"boycott","definition":"Stops buying, attending or dealing in protest.","example":"Hauliers [are boycotting] the ferry.","only_with":{"class":["protest"]}},{"name":"obstruct","definition":"Blocks a road, entrance or place in protest.","example":"Farmers [blocked] the ramp with tractors.","only_with":{"class":["protest"]}},{"name":"vandalize","definition":"Damages something as a symbol in protest.","example":"Activists [sprayed paint on] the monument.","only_with":{"class":["protest"]}},{"name":"convict","definition":"A court finds somebody guilty or liable.","example":"The court [convicted] the contractor.","only_with":{"class":["sanction"]}},{"name":"discontinue","definition":"Cuts down or ends exchange in any other way; embargoes too.","example":"The bank [suspended] its loan.","only_with":{"class":["sanction"]}},{"name":"troops","definition":"Moves or readies armed personnel.","example":"A battalion was [moved] to the coast.","only_with":{"class":["mobilize"]}},{"name":"weapons","definition":"Moves or readies weapons, ships or vehicles.","example":"The navy [sent] a frigate.","only_with":{"class":["mobilize"]}},{"name":"police","definition":"Moves or readies police or security units.","example":"Extra officers were [stationed] at the port.","only_with":{"class":["mobilize"]}},{"name":"militia","definition":"Moves or readies an armed group that is not the state’s.","example":"The border militia [gathered] in the hills.","only_with":{"class":["mobilize"]}},{"name":"seize","definition":"Searches, raids or confiscates.","example":"Officers [raided] the contractor’s office.","only_with":{"class":["coerce"]}},{"name":"censor","definition":"Bans or blocks publications or information.","example":"The court [banned] the film.","only_with":{"class":["coerce"]}},{"name":"curfew","definition":"Orders people off the streets for part of the day.","example":"The governor [imposed a curfew].","only_with":{"class":["coerce"]}},{"name":"martial_law","definition":"Declares a state of emergency or military rule as a means of control.","example":"The junta [declared] martial law.","only_with":{"class":["coerce"]}},{"name":"deport","definition":"Puts individuals out of the country.","example":"Three sailors were [deported].","only_with":{"class":["coerce"]}},{"name":"withhold","definition":"Keeps back public goods: power, water, food, medicine, network.","example":"The garrison [cut off] the water.","only_with":{"class":["coerce"]}},{"name":"misinformation","definition":"Deceives the public on purpose.","example":"Fake accounts [spread] a false evacuation order.","only_with":{"class":["coerce"]}},{"name":"cyber","definition":"Attacks or breaks into computers.","example":"Hackers [shut down] the signalling system.","only_with":{"class":["coerce"]}},{"name":"abduct","definition":"Kidnaps, takes hostage or hijacks; captures in battle.","example":"Gunmen [seized] the ferry’s crew.","only_with":{"class":["assault"]}},{"name":"beat","definition":"Strikes people, by hand or with a blunt object.","example":"Two guards [beat] a photographer.","only_with":{"class":["assault"]}},{"name":"torture","definition":"Tortures.","example":"Prisoners were [tortured] in the fort.","only_with":{"class":["assault"]}},{"name":"sexual","definition":"Sexual violence.","example":"The officer was charged with [rape].","only_with":{"class":["assault"]}},{"name":"targeted","definition":"Kills, or tries to kill, a chosen person or a defenceless group.","example":"The judge was [assassinated].","only_with":{"class":["assault"]}},{"name":"destroy","definition":"Destroys property on purpose; also where only the destruction is known.","example":"Unknown men [wrecked] the toll house.","only_with":{"class":["assault"]}},{"name":"primitive","definition":"Uses knives, stones, fire or tools.","example":"He was [stabbed] on the ramp.","only_with":{"class":["assault"]}},{"name":"firearms","definition":"Uses rifles, pistols or light machine guns.","example":"Shots were [fired] at the bus.","only_with":{"class":["assault"]}},{"name":"explosives","definition":"Uses mines, car bombs or other explosives that no heavy weapon fires.","example":"A bomb [went off] under the bridge.","only_with":{"class":["assault"]}},{"name":"suicide_attack","definition":"The attacker means to die in it.","example":"A man [blew himself up] at the gate.","only_with":{"class":["assault"]}},{"name":"aerial","definition":"Uses crewed aircraft.","example":"Jets [bombed] the depot.","only_with":{"class":["assault"]}},{"name":"drone","definition":"Uses uncrewed aircraft.","example":"Drones [struck] the depot.","only_with":{"class":["assault"]}},{"name":"heavy_weapons","definition":"Uses artillery, rockets, tanks or similar.","example":"Artillery [shelled] the village.","only_with":{"class":["assault"]}},{"name":"crowd_control","definition":"Uses tear gas, water cannon, warning shots or similar against a crowd.","example":"Police [fired tear gas] at the marchers.","only_with":{"class":["assault"]}},{"name":"unconventional","definition":"Uses chemical, biological, radiological or nuclear weapons.","example":"Nerve gas was [released].","only_with":{"class":["assault"]}}]},{"name":"realis","title":"Realis","type":"choice","definition":"Whether the text presents it as having happened. A denied past event keeps actual; its polarity is negative.","default":"actual","values":[{"name":"actual","definition":"It happened, or is happening.","example":"Police [closed] the ramp."},{"name":"future","definition":"It is expected or planned.","example":"Police will [close] the ramp tonight."},{"name":"hypothetical","definition":"It is possible, feared, demanded, or depends on something.","example":"If police [close] the ramp, ships must wait."},{"name":"generic","definition":"It happens in general or again and again; no single event is meant.","example":"Police [close] the ramp in every storm."}]},{"name":"polarity","title":"Polarity","type":"choice","definition":"Whether the event is said to take place or not to.","default":"positive","values":[{"name":"positive","definition":"It took, takes or will take place.","example":"The crew [warned] the port."},{"name":"negative","definition":"It did not, does not or will not take place.","example":"The crew did not [warn] the port."}]}],"registry":"event"}],"relations":[{"name":"ATTRIBUTION","title":"Attribution","key":"A","definition":"Ties one claim to whoever makes it and to the cue. Several who say it together go into one attribution; no source where the text names none, no cue where there is none.","example":"[The mayor] [said] [the bridge is safe].","roles":[{"name":"claim","accepts":["discourse/CLAIM"],"min":1,"max":1},{"name":"source","accepts":["discourse/SOURCE"],"min":0},{"name":"cue","accepts":["discourse/CUE"],"min":0,"max":1}],"attributes":[{"name":"duplicate","title":"Duplicate","type":"flag","definition":"Yes where the text attributes the same claim to the same source a second time, as in “…,” he said, the mayor added. Count only the attributions without it."}]},{"name":"ARGUMENTS","title":"Arguments of an event","definition":"Who and what takes part in an event mention. Link what the sentence says; leave a role empty rather than guess.","example":"[Police] [detained] [four] people on [the quay] on [Friday].","roles":[{"name":"event","accepts":["event/EVENT"],"min":1,"max":1},{"name":"actor","accepts":["entity/*","discourse/SOURCE"],"min":0},{"name":"recipient","accepts":["entity/*","discourse/SOURCE"],"min":0},{"name":"instrument","accepts":["entity/*","discourse/SOURCE"],"min":0},{"name":"place","accepts":["entity/*","discourse/SOURCE"],"min":0},{"name":"time","accepts":["entity/*","discourse/SOURCE"],"min":0},{"name":"quantity","accepts":["entity/*","discourse/SOURCE"],"min":0},{"name":"affected","accepts":["entity/*","discourse/SOURCE"],"min":0}]},{"name":"ABOUT","title":"Claim about an event","definition":"The events that a claim is about: those it asserts, denies, predicts or judges, not all that it mentions.","example":"The minister said [the [closure] was lawful].","roles":[{"name":"claim","accepts":["discourse/CLAIM"],"min":1,"max":1},{"name":"event","accepts":["event/EVENT"],"min":1}]},{"name":"COREFERENCE","title":"Same person or thing","key":"G","symmetric":true,"definition":"All words of the article for the same person, body or thing, pronouns included, in one group.","example":"[Ilse Varga] spoke first. [She] left early. [The mayor] was tired.","roles":[{"name":"member","accepts":["discourse/SOURCE","entity/*"],"min":2}]},{"name":"SAME_EVENT","title":"Same event","symmetric":true,"definition":"All mentions of one and the same happening, in one group. A part of an event, or one of the same kind, is not the same.","example":"The [closure] came at noon. It was the council that [shut] the bridge.","roles":[{"name":"member","accepts":["event/EVENT"],"min":2}]},{"name":"SUPPORTS","title":"Supports","definition":"One claim gives a reason to believe the other: evidence, a matching figure, a confirmation from elsewhere. Note how, where numbers have to be compared.","example":"[Nine piers are cracked], the report says. [The bridge is unsafe], the union said.","roles":[{"name":"supporting","accepts":["discourse/CLAIM"],"min":1,"max":1},{"name":"supported","accepts":["discourse/CLAIM"],"min":1,"max":1}]},{"name":"RESTATES","title":"Restates","definition":"The later claim says the same as the earlier one in other words, as a summary, or in more detail; it adds no evidence.","example":"[Repairs will take a year.] Later: “[It will be spring again before we are done].”","roles":[{"name":"restating","accepts":["discourse/CLAIM"],"min":1,"max":1},{"name":"restated","accepts":["discourse/CLAIM"],"min":1,"max":1}]},{"name":"CONTRADICTS","title":"Contradicts","symmetric":true,"definition":"The two claims cannot both be true at once. A different judgement of the same facts counts only if each denies the other.","example":"[No one was warned], the union said. [Letters went out in May], said the port.","roles":[{"name":"member","accepts":["discourse/CLAIM"],"min":2,"max":2}]},{"name":"CAUSES","title":"Causes","definition":"The text presents one event as bringing about, or as a reason for, the other. Succession in time alone is BEFORE.","example":"The [frost] led to the [closure].","roles":[{"name":"cause","accepts":["event/EVENT"],"min":1,"max":1},{"name":"effect","accepts":["event/EVENT"],"min":1,"max":1}]},{"name":"BEFORE","title":"Before","definition":"The text says or shows that one event came earlier. Leave it out where CAUSES says so already.","example":"Police [cleared] the quay an hour after the [march].","roles":[{"name":"earlier","accepts":["event/EVENT"],"min":1,"max":1},{"name":"later","accepts":["event/EVENT"],"min":1,"max":1}]}]}','2026-11-23T04:58:45.331Z','anna');
CREATE TABLE entry (
        id TEXT NOT NULL PRIMARY KEY,
        registry TEXT NOT NULL CHECK (registry IN ('source', 'event')),
        name TEXT NOT NULL,
        annotator TEXT NOT NULL,
        created_at TEXT NOT NULL,
        modified_at TEXT NOT NULL,
        aliases TEXT NOT NULL,
        facts TEXT NOT NULL,
        note TEXT NOT NULL,
        confidential INTEGER NOT NULL CHECK (confidential IN (0, 1)),
        sort_name TEXT NOT NULL,
        words TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "entry" VALUES('019b8d4f-0000-7000-8000-000000000051','source','Ilse Varga','anna','2026-01-05T08:00:00.000Z','2026-01-05T08:00:00.000Z','["Varga"]','{"role":"engineer"}','',1,'ilse varga','ilse varga
varga');
CREATE TABLE indexed (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        articles INTEGER NOT NULL CHECK (articles >= 0)
    ) STRICT
    ;
INSERT INTO "indexed" VALUES(1,3);
CREATE TABLE label_tally (
        layer TEXT NOT NULL,
        label TEXT NOT NULL,
        number INTEGER NOT NULL REFERENCES article (number),
        records INTEGER NOT NULL CHECK (records >= 0),
        PRIMARY KEY (layer, label, number)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "label_tally" VALUES('','ATTRIBUTION',1,1);
INSERT INTO "label_tally" VALUES('discourse','CLAIM',1,1);
INSERT INTO "label_tally" VALUES('discourse','CLAIM',2,1);
INSERT INTO "label_tally" VALUES('discourse','CUE',1,1);
INSERT INTO "label_tally" VALUES('discourse','SOURCE',1,2);
CREATE TABLE meta (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "meta" VALUES('created_at','2026-11-23T04:58:45.331Z');
INSERT INTO "meta" VALUES('created_by','anna');
INSERT INTO "meta" VALUES('needs','0.1.0');
INSERT INTO "meta" VALUES('project_id','01a206c5-54d3-7000-a680-9a255b988d21');
CREATE TABLE relation (
        id TEXT NOT NULL PRIMARY KEY,
        article_id TEXT NOT NULL REFERENCES article (id),
        label TEXT NOT NULL,
        attributes TEXT NOT NULL,
        note TEXT NOT NULL,
        annotator TEXT NOT NULL,
        origin TEXT NOT NULL CHECK (origin IN ('manual', 'accepted', 'edited', 'imported')),
        author TEXT NOT NULL,
        codebook_version INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        modified_at TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "relation" VALUES('019b8d4f-0000-7000-8000-000000000021','019b8d4f-0000-7000-8000-000000000001','ATTRIBUTION','{}','','anna','manual','',1,'2026-01-05T08:00:00.000Z','2026-01-05T08:00:00.000Z');
CREATE TABLE review (
        article_id TEXT NOT NULL REFERENCES article (id),
        annotator TEXT NOT NULL,
        layer TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('open', 'complete')),
        at TEXT NOT NULL,
        PRIMARY KEY (article_id, annotator, layer)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "review" VALUES('019b8d4f-0000-7000-8000-000000000002','bodo','discourse','complete','2026-01-05T08:00:00.000Z');
INSERT INTO "review" VALUES('019b8d4f-0000-7000-8000-000000000002','bodo','entity','complete','2026-01-05T08:00:00.000Z');
INSERT INTO "review" VALUES('019b8d4f-0000-7000-8000-000000000002','bodo','event','complete','2026-01-05T08:00:00.000Z');
CREATE TABLE revised (
            seq INTEGER NOT NULL REFERENCES revision (seq),
            record TEXT NOT NULL CHECK (record IN ('span', 'relation', 'suggestion', 'review')),
            id TEXT NOT NULL,
            other TEXT,
            PRIMARY KEY (seq, record, id)
        ) STRICT, WITHOUT ROWID
        ;
CREATE TABLE revised_term (
        id INTEGER PRIMARY KEY,
        seq INTEGER NOT NULL,
        term TEXT NOT NULL,
        any_case INTEGER NOT NULL,
        layer TEXT NOT NULL,
        label TEXT NOT NULL,
        other_layer TEXT NOT NULL,
        other_label TEXT NOT NULL
    ) STRICT
    ;
CREATE TABLE revision (
            seq INTEGER PRIMARY KEY REFERENCES change (seq),
            before INTEGER NOT NULL REFERENCES codebook (version),
            after INTEGER NOT NULL REFERENCES codebook (version)
        ) STRICT
        ;
CREATE TABLE run (
        article_id TEXT NOT NULL REFERENCES article (id),
        author TEXT NOT NULL,
        at TEXT NOT NULL,
        found INTEGER NOT NULL CHECK (found >= 0),
        PRIMARY KEY (article_id, author)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "run" VALUES('019b8d4f-0000-7000-8000-000000000001','en_core_web_sm 3.8.0','2026-01-05T08:00:00.000Z',2);
CREATE TABLE spaceless (number INTEGER PRIMARY KEY REFERENCES article (number)) STRICT;
CREATE TABLE span (
        id TEXT NOT NULL PRIMARY KEY,
        article_id TEXT NOT NULL REFERENCES article (id),
        layer TEXT NOT NULL,
        label TEXT NOT NULL,
        start INTEGER NOT NULL CHECK (start >= 0),
        "end" INTEGER NOT NULL CHECK ("end" > start),
        fragments TEXT NOT NULL CHECK (
            instr(fragments, '[[' || start || ',') = 1
            AND substr(fragments, -length("end") - 3) = ',' || "end" || ']]'
        ),
        quotation TEXT NOT NULL,
        attributes TEXT NOT NULL,
        note TEXT NOT NULL,
        annotator TEXT NOT NULL,
        origin TEXT NOT NULL CHECK (origin IN ('manual', 'accepted', 'edited', 'imported')),
        author TEXT NOT NULL,
        suggestion_id TEXT NOT NULL,
        codebook_version INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        modified_at TEXT NOT NULL
    , blind INTEGER NOT NULL DEFAULT 0 CHECK (blind IN (0, 1)), entry_id TEXT
        REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED) STRICT
    ;
INSERT INTO "span" VALUES('019b8d4f-0000-7000-8000-000000000015','019b8d4f-0000-7000-8000-000000000002','discourse','CLAIM',13,33,'[[13,16],[24,33]]','["Die","bleibt zu"]','{}','','bodo','imported','','',1,'2026-01-05T08:00:00.000Z','2026-01-05T08:00:00.000Z',0,NULL);
INSERT INTO "span" VALUES('019b8d4f-0000-7000-8000-000000000011','019b8d4f-0000-7000-8000-000000000001','discourse','SOURCE',0,10,'[[0,10]]','["Ilse Varga"]','{"naming":"named"}','','anna','manual','','',1,'2026-01-05T08:00:00.000Z','2026-01-05T08:00:00.000Z',0,'019b8d4f-0000-7000-8000-000000000051');
INSERT INTO "span" VALUES('019b8d4f-0000-7000-8000-000000000012','019b8d4f-0000-7000-8000-000000000001','discourse','CUE',11,15,'[[11,15]]','["said"]','{}','','anna','manual','','',1,'2026-01-05T08:00:00.000Z','2026-01-05T08:00:00.000Z',0,NULL);
INSERT INTO "span" VALUES('019b8d4f-0000-7000-8000-000000000013','019b8d4f-0000-7000-8000-000000000001','discourse','CLAIM',16,42,'[[16,42]]','["the bridge would stay shut"]','{}','Checked','anna','manual','','',1,'2026-01-05T08:00:00.000Z','2026-01-05T08:00:00.000Z',0,NULL);
INSERT INTO "span" VALUES('019b8d4f-0000-7000-8000-000000000014','019b8d4f-0000-7000-8000-000000000001','discourse','SOURCE',46,56,'[[46,56]]','["Tomas Oren"]','{}','','anna','manual','','',1,'2026-01-05T08:00:00.000Z','2026-01-05T08:00:00.000Z',0,NULL);
CREATE TABLE status_count (
        status TEXT PRIMARY KEY,
        articles INTEGER NOT NULL CHECK (articles >= 0)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "status_count" VALUES('complete',1);
INSERT INTO "status_count" VALUES('new',1);
INSERT INTO "status_count" VALUES('started',1);
CREATE TABLE suggestion (
        id TEXT NOT NULL PRIMARY KEY,
        article_id TEXT NOT NULL REFERENCES article (id),
        layer TEXT NOT NULL,
        label TEXT NOT NULL,
        start INTEGER NOT NULL CHECK (start >= 0),
        "end" INTEGER NOT NULL CHECK ("end" > start),
        fragments TEXT NOT NULL CHECK (
            instr(fragments, '[[' || start || ',') = 1
            AND substr(fragments, -length("end") - 3) = ',' || "end" || ']]'
        ),
        quotation TEXT NOT NULL,
        author TEXT NOT NULL,
        created_at TEXT NOT NULL,
        score REAL,
        state TEXT NOT NULL CHECK (state IN ('pending', 'accepted', 'rejected'))
    ) STRICT
    ;
INSERT INTO "suggestion" VALUES('019b8d4f-0000-7000-8000-000000000041','019b8d4f-0000-7000-8000-000000000001','entity','PERSON',0,10,'[[0,10]]','["Ilse Varga"]','en_core_web_sm 3.8.0','2026-01-05T08:00:00.000Z',0.75,'pending');
INSERT INTO "suggestion" VALUES('019b8d4f-0000-7000-8000-000000000042','019b8d4f-0000-7000-8000-000000000001','entity','DATE',70,76,'[[70,76]]','["Friday"]','en_core_web_sm 3.8.0','2026-01-05T08:00:00.000Z',0.75,'pending');
CREATE TABLE term (
        layer TEXT NOT NULL,
        term TEXT NOT NULL,
        any_case INTEGER NOT NULL CHECK (any_case IN (0, 1)),
        label TEXT NOT NULL,
        PRIMARY KEY (layer, term, any_case)
    ) STRICT, WITHOUT ROWID
    ;
CREATE TABLE touched (
        id TEXT NOT NULL,
        seq INTEGER NOT NULL REFERENCES change (seq),
        PRIMARY KEY (id, seq)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "touched" VALUES('019b8d4f-0000-7000-8000-000000000001',1);
INSERT INTO "touched" VALUES('019b8d4f-0000-7000-8000-000000000001',2);
INSERT INTO "touched" VALUES('019b8d4f-0000-7000-8000-000000000001',3);
INSERT INTO "touched" VALUES('019b8d4f-0000-7000-8000-000000000001',4);
INSERT INTO "touched" VALUES('019b8d4f-0000-7000-8000-000000000001',5);
INSERT INTO "touched" VALUES('019b8d4f-0000-7000-8000-000000000001',6);
INSERT INTO "touched" VALUES('019b8d4f-0000-7000-8000-000000000011',2);
INSERT INTO "touched" VALUES('019b8d4f-0000-7000-8000-000000000011',3);
INSERT INTO "touched" VALUES('019b8d4f-0000-7000-8000-000000000012',2);
INSERT INTO "touched" VALUES('019b8d4f-0000-7000-8000-000000000012',3);
INSERT INTO "touched" VALUES('019b8d4f-0000-7000-8000-000000000013',2);
INSERT INTO "touched" VALUES('019b8d4f-0000-7000-8000-000000000013',3);
INSERT INTO "touched" VALUES('019b8d4f-0000-7000-8000-000000000014',4);
INSERT INTO "touched" VALUES('019b8d4f-0000-7000-8000-000000000014',5);
INSERT INTO "touched" VALUES('019b8d4f-0000-7000-8000-000000000014',6);
INSERT INTO "touched" VALUES('019b8d4f-0000-7000-8000-000000000021',3);
INSERT INTO "touched" VALUES('019b8d4f-0000-7000-8000-000000000051',1);
CREATE TABLE writer (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        token TEXT NOT NULL,
        host TEXT NOT NULL,
        user TEXT NOT NULL,
        pid INTEGER NOT NULL,
        since TEXT NOT NULL,
        beat TEXT NOT NULL
    ) STRICT
    ;
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX span_by_place ON span (article_id, start, "end");
CREATE VIEW span_fragment AS
    SELECT
        span.id AS span_id,
        span.article_id,
        span.layer,
        span.label,
        fragment.key AS position,
        json_extract(fragment.value, '$[0]') AS start,
        json_extract(fragment.value, '$[1]') AS "end",
        json_extract(span.quotation, '$[' || fragment.key || ']') AS quotation
    FROM span, json_each(span.fragments) AS fragment;
CREATE INDEX relation_by_article ON relation (article_id);
CREATE INDEX argument_by_span ON argument (span_id);
CREATE INDEX suggestion_by_article ON suggestion (article_id, state);
CREATE INDEX suggestion_pending ON suggestion (article_id, start, "end")
    WHERE state = 'pending'
    ;
CREATE INDEX change_done ON change (seq) WHERE kind = 'edit' AND state = 'done';
CREATE INDEX change_undone ON change (seq) WHERE kind = 'edit' AND state = 'undone';
CREATE VIEW change_record AS
    SELECT
        change.seq,
        'removed' AS side,
        record.key AS position,
        json_extract(record.value, '$.record') AS kind,
        record.value AS record
    FROM change, json_each(change.removed) AS record
    UNION ALL
    SELECT change.seq, 'added', record.key, json_extract(record.value, '$.record'), record.value
    FROM change, json_each(change.added) AS record;
CREATE INDEX article_state_by_status ON article_state (status, number);
CREATE TRIGGER status_changed AFTER UPDATE OF status ON article_state
    WHEN OLD.status <> NEW.status BEGIN
        UPDATE status_count SET articles = articles - 1 WHERE status = OLD.status;
        UPDATE status_count SET articles = articles + 1 WHERE status = NEW.status;
    END;
CREATE INDEX entry_by_name ON entry (registry, sort_name, id);
CREATE INDEX span_by_entry ON span (entry_id, id) WHERE entry_id IS NOT NULL;
CREATE VIEW indexed_article AS
    SELECT number, title, outlet, authors, section, source_file, text FROM article JOIN article_text USING (number)
    WHERE number <= (SELECT articles FROM indexed);
CREATE VIEW spaceless_article AS
    SELECT number, title, outlet, authors, section, source_file, text FROM article JOIN article_text USING (number)
    WHERE number IN (SELECT number FROM spaceless);
CREATE VIEW tallied_annotator AS
    WITH RECURSIVE one (name) AS (
        SELECT min(annotator) FROM annotator_tally
        UNION ALL
        SELECT (SELECT min(annotator) FROM annotator_tally WHERE annotator > one.name)
        FROM one WHERE one.name IS NOT NULL
    )
    SELECT name FROM one WHERE name IS NOT NULL;
CREATE TRIGGER span_comes AFTER INSERT ON span BEGIN 
        INSERT INTO label_tally
        SELECT NEW.layer, NEW.label, number, 1 FROM article WHERE id = NEW.article_id
        ON CONFLICT DO UPDATE SET records = records + 1;
        INSERT INTO annotator_tally
        SELECT NEW.annotator, number, 1 FROM article WHERE id = NEW.article_id
        ON CONFLICT DO UPDATE SET records = records + 1;
     END;
CREATE TRIGGER span_goes AFTER DELETE ON span BEGIN 
        UPDATE label_tally SET records = records - 1 WHERE layer = OLD.layer AND label = OLD.label AND number = (SELECT number FROM article WHERE id = OLD.article_id);
        DELETE FROM label_tally WHERE layer = OLD.layer AND label = OLD.label AND number = (SELECT number FROM article WHERE id = OLD.article_id) AND records = 0;
        UPDATE annotator_tally SET records = records - 1 WHERE annotator = OLD.annotator AND number = (SELECT number FROM article WHERE id = OLD.article_id);
        DELETE FROM annotator_tally WHERE annotator = OLD.annotator AND number = (SELECT number FROM article WHERE id = OLD.article_id) AND records = 0;
     END;
CREATE TRIGGER span_changes AFTER UPDATE OF article_id, layer, label, annotator ON span WHEN (OLD.article_id, OLD.layer, OLD.label, OLD.annotator) <> (NEW.article_id, NEW.layer, NEW.label, NEW.annotator) BEGIN 
        UPDATE label_tally SET records = records - 1 WHERE layer = OLD.layer AND label = OLD.label AND number = (SELECT number FROM article WHERE id = OLD.article_id);
        DELETE FROM label_tally WHERE layer = OLD.layer AND label = OLD.label AND number = (SELECT number FROM article WHERE id = OLD.article_id) AND records = 0;
        UPDATE annotator_tally SET records = records - 1 WHERE annotator = OLD.annotator AND number = (SELECT number FROM article WHERE id = OLD.article_id);
        DELETE FROM annotator_tally WHERE annotator = OLD.annotator AND number = (SELECT number FROM article WHERE id = OLD.article_id) AND records = 0;
     
        INSERT INTO label_tally
        SELECT NEW.layer, NEW.label, number, 1 FROM article WHERE id = NEW.article_id
        ON CONFLICT DO UPDATE SET records = records + 1;
        INSERT INTO annotator_tally
        SELECT NEW.annotator, number, 1 FROM article WHERE id = NEW.article_id
        ON CONFLICT DO UPDATE SET records = records + 1;
     END;
CREATE TRIGGER relation_comes AFTER INSERT ON relation BEGIN 
        INSERT INTO label_tally
        SELECT '', NEW.label, number, 1 FROM article WHERE id = NEW.article_id
        ON CONFLICT DO UPDATE SET records = records + 1;
        INSERT INTO annotator_tally
        SELECT NEW.annotator, number, 1 FROM article WHERE id = NEW.article_id
        ON CONFLICT DO UPDATE SET records = records + 1;
     END;
CREATE TRIGGER relation_goes AFTER DELETE ON relation BEGIN 
        UPDATE label_tally SET records = records - 1 WHERE layer = '' AND label = OLD.label AND number = (SELECT number FROM article WHERE id = OLD.article_id);
        DELETE FROM label_tally WHERE layer = '' AND label = OLD.label AND number = (SELECT number FROM article WHERE id = OLD.article_id) AND records = 0;
        UPDATE annotator_tally SET records = records - 1 WHERE annotator = OLD.annotator AND number = (SELECT number FROM article WHERE id = OLD.article_id);
        DELETE FROM annotator_tally WHERE annotator = OLD.annotator AND number = (SELECT number FROM article WHERE id = OLD.article_id) AND records = 0;
     END;
CREATE TRIGGER relation_changes AFTER UPDATE OF article_id, label, annotator ON relation WHEN (OLD.article_id, OLD.label, OLD.annotator) <> (NEW.article_id, NEW.label, NEW.annotator) BEGIN 
        UPDATE label_tally SET records = records - 1 WHERE layer = '' AND label = OLD.label AND number = (SELECT number FROM article WHERE id = OLD.article_id);
        DELETE FROM label_tally WHERE layer = '' AND label = OLD.label AND number = (SELECT number FROM article WHERE id = OLD.article_id) AND records = 0;
        UPDATE annotator_tally SET records = records - 1 WHERE annotator = OLD.annotator AND number = (SELECT number FROM article WHERE id = OLD.article_id);
        DELETE FROM annotator_tally WHERE annotator = OLD.annotator AND number = (SELECT number FROM article WHERE id = OLD.article_id) AND records = 0;
     
        INSERT INTO label_tally
        SELECT '', NEW.label, number, 1 FROM article WHERE id = NEW.article_id
        ON CONFLICT DO UPDATE SET records = records + 1;
        INSERT INTO annotator_tally
        SELECT NEW.annotator, number, 1 FROM article WHERE id = NEW.article_id
        ON CONFLICT DO UPDATE SET records = records + 1;
     END;
CREATE INDEX change_by_annotator ON change (annotator);
CREATE INDEX revised_term_by_seq ON revised_term (seq);
COMMIT;
